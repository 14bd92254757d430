/** The driver knows our arrays beforehand, and has nothing to ask a server that may be going away. */
import assert from "node:assert/strict";
import { serviceCaller } from "../../../functions/_shared/caller.ts";
import { connect } from "../../../functions/_shared/database.ts";
import { AppError } from "../../../functions/_shared/errors.ts";
import { stack, test } from "../_support/stack.ts";

const options = { projectUrl: "http://127.0.0.1", applicationName: "a test" };

test("arrays: are read as they were written, whatever is in them", async () => {
  const database = connect({ ...options, url: stack.databaseUrl });
  try {
    for (const texts of [[], [""], ["a", 'with "quotes", \\ and {braces}', "two\nlines", "null", " "]]) {
      const [row] = await database.sql`
        select ${texts}::text[] as given, cardinality(${texts}::text[]) as count, ${[
        3,
        -4,
      ]}::bigint[] as numbers`;
      assert.deepEqual({ ...row }, { given: texts, count: texts.length, numbers: ["3", "-4"] });
    }
  } finally {
    await database.close();
  }
});

test("a connection that is lost with its first question fails the call, not the process", async () => {
  await withServerThatGoes(stack.databaseUrl, async (url) => {
    const database = connect({ ...options, url, max: 1 });
    const call = database.call("health", {}, serviceCaller("a test", crypto.randomUUID()));
    await assert.rejects(
      call,
      (error) => error instanceof AppError && error.code === "database_unavailable",
    );
    await database.close();
  });
});

/** Passes everything on until somebody who is signed in asks something; then it is gone, and takes no more calls. */
async function withServerThatGoes(databaseUrl: string, work: (url: string) => Promise<void>): Promise<void> {
  const real = new URL(databaseUrl);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    const client = await listener.accept();
    listener.close();
    const server = await Deno.connect({ hostname: real.hostname, port: Number(real.port) });
    let isSignedIn = false;
    const answering = (async () => {
      for await (const bytes of server.readable.values({ preventCancel: true })) {
        isSignedIn ||= endsReady(bytes);
        await writeAll(client, bytes);
      }
    })().catch(() => {});
    for await (const bytes of client.readable.values({ preventCancel: true })) {
      if (isSignedIn) break;
      await writeAll(server, bytes);
    }
    client.close();
    server.close();
    await answering;
  })();
  const { port } = listener.addr as Deno.NetAddr;
  await work(Object.assign(new URL(databaseUrl), { hostname: "127.0.0.1", port: String(port) }).href);
  await serving;
}

/** ReadyForQuery, idle: a letter, a length, a letter. */
function endsReady(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.slice(-6)) === "Z\0\0\0\x05I";
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await connection.write(bytes.subarray(written));
}
