/** A catalogue of ten thousand backups is listed by its index. */
import assert from "node:assert/strict";
import type postgres from "postgres";
import { sql, test } from "../_support/stack.ts";

const rows = 10_000;

test(`long catalogue: a page of ${rows} backups is found by index, whichever page it is`, async () => {
  const isOver = new Error("as it was");
  await sql.begin(async (transaction) => {
    await transaction`
      insert into public.backups (filename, tables, status, error, created_at)
      select 'test.sql.gz', '{public.events}', 'failed', '{"code": "internal", "message": "For a test."}',
             now() - n * interval '1 hour'
      from generate_series(1, ${rows}) as n`;
    await transaction`analyze public.backups`;
    await transaction`select set_config('request.jwt.claims', '{"role": "service_role"}', true)`;

    const read = async () => {
      const [counts] = await transaction`
        select seq_scan::int as scans, seq_tup_read::int as scanned, idx_tup_fetch::int as fetched
        from pg_stat_xact_user_tables where relid = 'public.backups'::regclass`;
      return counts;
    };
    let cursor: string | null = null;
    for (const page of [1, 2, 3]) {
      const before = await read();
      const [{ answer }]: postgres.Row[] = await transaction`
        select backup.list_backups(cursor => ${cursor}) as answer`;
      const after = await read();
      assert.equal(answer.backups.length, 20);
      assert.ok(answer.count >= rows);
      // How many there are is counted, in one pass; the rows of the page are not looked for in another.
      assert.ok(
        after.scans - before.scans <= 1,
        `page ${page}: ${after.scans - before.scans} scans of the table`,
      );
      assert.ok(
        after.fetched - before.fetched <= 100,
        `page ${page}: ${after.fetched - before.fetched} rows by index`,
      );
      cursor = answer.next_cursor;
    }
    throw isOver;
  }).catch((error) => {
    if (error !== isOver) throw error;
  });
});
