import assert from "node:assert/strict";
import postgres from "postgres";
import { fromSqlError } from "../../../functions/_shared/sql_errors.ts";
import { copyIn } from "../../../functions/backup-worker/copy_in.ts";
import { inTransaction, openSession, type Session } from "../../../functions/backup-worker/session.ts";
import { stack, test } from "../_support/stack.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function* lines(count: number, last = ""): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n += 1000) {
    yield bytes(Array.from({ length: Math.min(1000, count - n) }, (_, index) => `${n + index}\n`).join(""));
  }
  if (last) yield bytes(last);
}

async function withSession(work: (session: Session) => Promise<void>): Promise<void> {
  const session = await openSession({
    databaseUrl: stack.databaseUrl,
    purpose: "test",
    statements: ["create temporary table numbers (n integer check (n >= 0))"],
    signal: new AbortController().signal,
  });
  try {
    await work(session);
  } finally {
    await session.close();
  }
}

const copy = (session: Session, rows: AsyncIterable<Uint8Array>) =>
  inTransaction(
    session,
    () => session.run((sql) => copyIn(sql, "copy pg_temp.numbers from stdin", rows)),
  );

async function count(session: Session): Promise<number> {
  const [{ count }] = await session.run((sql) => sql`select count(*)::int as count from pg_temp.numbers`);
  return count;
}

test("COPY in: every row arrives, part after part on one connection", async () => {
  await withSession(async (session) => {
    for (const size of [0, 1, 1000, 200_000]) await copy(session, lines(size));
    assert.equal(await count(session), 201_001);
  });
});

for (const [where, size] of [["in the middle", 200_000], ["in the very last row", 0]] as const) {
  test(`COPY in: a value that does not fit ${where} is told as the server told it, and nothing stays`, async () => {
    await withSession(async (session) => {
      const rows = async function* () {
        yield* lines(1000);
        yield bytes("no number\n");
        yield* lines(size);
      };
      for (let attempt = 1; attempt <= 3; attempt++) {
        await assert.rejects(copy(session, rows()), (error) => {
          assert.ok(error instanceof postgres.PostgresError, String(error));
          assert.equal(error.code, "22P02");
          return true;
        });
        assert.equal(await count(session), 0);
        await copy(session, lines(1000, "-0\n"));
        await session.run((sql) => sql`delete from pg_temp.numbers`);
      }
      await assert.rejects(copy(session, lines(10, "-1\n")), { code: "23514" });
    });
  });
}

test("COPY in: rows that break off leave nothing, and the error is theirs", async () => {
  await withSession(async (session) => {
    const rows = async function* () {
      yield* lines(50_000);
      throw new Error("proof failed");
    };
    await assert.rejects(copy(session, rows()), /proof failed/);
    assert.equal(await count(session), 0);
    await copy(session, lines(10));
    assert.equal(await count(session), 10);
  });
});

test("COPY in: a connection that is lost on the way is noticed, and not replaced by another", async () => {
  await withSession(async (session) => {
    const [{ pid }] = await session.run((sql) => sql`select pg_backend_pid() as pid`);
    const rows = async function* () {
      yield* lines(1000);
      const other = postgres(stack.databaseUrl, { max: 1 });
      await other`select pg_terminate_backend(${pid})`;
      await other.end();
      for (;;) yield* lines(1000);
    };
    await assert.rejects(copy(session, rows()), (error) => {
      assert.equal(fromSqlError(error).code, "database_unavailable", String(error));
      return true;
    });
    await assert.rejects(count(session), { code: "database_unavailable" });
  });
});

test("COPY in: no such table", async () => {
  await withSession(async (session) => {
    const nowhere = session.run((sql) => copyIn(sql, "copy pg_temp.nothing from stdin", lines(1)));
    await assert.rejects(nowhere, { code: "42P01" });
  });
});
