/** What happens when something that the functions lean on is missing or down: the same app, with other services. */
import { generateKeyPair as generateSigningKey, SignJWT } from "jose";
import assert from "node:assert/strict";
import { generateKeyPair } from "../../functions/_shared/age.ts";
import { problem, secret } from "./_support/api.ts";
import { auditOf, withBackup } from "./_support/backups.ts";
import { withApp } from "./_support/in_process.ts";
import { signIn } from "./_support/people.ts";
import { sql, stack, test } from "./_support/stack.ts";

test("failures: without an identity there is no clear download, and a link is not used up", async () => {
  await withBackup(async ({ id, clear_size }) => {
    const { downloadUrl } =
      await (await fetch(`${stack.apiUrl}/functions/v1/backups/${id}`, { headers: secret })).json();
    await withApp({ env: { ageIdentities: "" } }, async (get) => {
      const { hint } = await problem(await get(`/backups/${id}/download`), 409, "identity_missing");
      assert.match(hint, /parts/);
      await problem(
        await get(`/backups/${id}/download${new URL(downloadUrl).search}`, {}),
        409,
        "identity_missing",
      );
      assert.equal((await (await get(`/backups/${id}`)).json()).downloadUrl, undefined);
    });
    assert.equal((await (await fetch(downloadUrl)).bytes()).length, clear_size);
  }, { tables: ["roles"] });
});

test("failures: with another identity, the answer says which key is missing", async () => {
  const { identity: ageIdentities } = await generateKeyPair();
  await withBackup(async ({ id }) => {
    await withApp({ env: { ageIdentities } }, async (get) => {
      const response = await get(`/backups/${id}/download`);
      await problem(response, 409, "identity_mismatch");
      assert.equal((await auditOf(response)).at(-1)?.outcome, "failed");
    });
  }, { tables: ["roles"] });
});

test("failures: storage that refuses", async () => {
  await withBackup(async ({ id }) => {
    const full: typeof fetch = () => Promise.resolve(new Response("no space left", { status: 507 }));
    await withApp({ fetch: full }, async (get) => {
      for (const what of ["download", "parts"]) {
        const { operation } = await problem(await get(`/backups/${id}/${what}`), 502, "storage_refused");
        assert.equal(operation, what === "parts" ? "sign" : what);
      }
    });
  }, { tables: ["roles"] });
});

test("failures: a database that is down", async () => {
  await withApp(
    { env: { databaseUrl: "postgres://postgres:hidden@127.0.0.1:1/postgres" } },
    async (get, log) => {
      await problem(await get("/backups"), 503, "database_unavailable");
      assert.ok(log.some((line) => line.includes('"level":"error"')));
      assert.ok(!log.join().includes("hidden"));
    },
  );
});

test("failures: keys for checking tokens that cannot be fetched", async () => {
  await withApp({ env: { jwks: new URL("http://127.0.0.1:1/jwks.json") } }, async (get) => {
    const body = await problem(
      await get("/backups", { authorization: await asymmetric() }),
      503,
      "auth_unavailable",
    );
    assert.ok(body.hint);
    assert.equal((await get("/backups")).status, 200, "a secret key needs no other key");
  });
});

test("failures: what nobody foresaw is logged, not shown", async () => {
  await sql`alter function backup.list_backups(text[], text, text, text, text, integer, integer, text) rename to list_backups_away`;
  try {
    await withApp({}, async (get, log) => {
      const { detail, request_id } = await problem(await get("/backups"), 500, "internal");
      assert.ok(!detail.includes("list_backups"));
      const line = JSON.parse(log.find((each) => each.includes('"error"'))!);
      assert.equal(line.request_id, request_id);
      assert.equal(line.cause_sqlstate, "42883");
    });
  } finally {
    await sql`alter function backup.list_backups_away(text[], text, text, text, text, integer, integer, text) rename to list_backups`;
  }
});

test("failures: the log holds no token, no key and no query", async () => {
  const { token } = await signIn(stack.adminEmail);
  await withApp({}, async (get, log) => {
    await get("/backups?cursor=private-cursor", { authorization: `Bearer ${token}` });
    await get("/backups/11111111-1111-4111-8111-111111111111/download?token=private-token", {});
    await get("/backups", { apikey: "sb_secret_private" });
    const text = log.join("\n");
    for (const word of ["private", token, token.split(".")[2], stack.secretKey]) {
      assert.ok(!text.includes(word));
    }
    assert.equal(log.filter((line) => JSON.parse(line).message === "request").length, 3);
  });
});

/** A token of the kind that hosted projects issue; whoever would check it must fetch a key first. */
async function asymmetric(): Promise<string> {
  const { privateKey } = await generateSigningKey("ES256");
  const token = await new SignJWT({ sub: crypto.randomUUID(), role: "authenticated" })
    .setProtectedHeader({ alg: "ES256", kid: "some-key" }).setExpirationTime("5m").sign(privateKey);
  return `Bearer ${token}`;
}
