import assert from "node:assert/strict";
import { RestoreRows } from "../../../functions/_shared/restore_schemas.ts";
import { call, json, problem, secret } from "../_support/api.ts";
import { withPerson } from "../_support/people.ts";
import { withBackupOf } from "./_support/archives.ts";
import { run, withObjects } from "./_support/objects.ts";
import { apply, discard, preview, type Restore } from "./_support/restores.ts";
import { testInSteps } from "./_support/steps.ts";
import { tableIn } from "./_support/round_trip.ts";

// Beyond the fifty that a preview shows: every row that it would change.

const create = `
  create table public.zoo_listed (id integer primary key, first_name text, last_name text, born date);
  insert into public.zoo_listed select n, 'Name ' || n, 'Miller', '2000-01-01' from generate_series(1, 300) as n;`;
const edit = `
  delete from public.zoo_listed where id <= 120;
  update public.zoo_listed set last_name = 'Müller' where id > 250;
  insert into public.zoo_listed (id, first_name) values (1001, 'Newcomer');`;

const ask = (id: string, query: string, as = secret) =>
  call("GET", `/backups/restores/${id}/rows?${query}`, { as });
const rowsOf = (id: string, query: string) => json(ask(id, `table=public.zoo_listed&${query}`));

testInSteps(
  "rows of a preview: every one once, page by page, with label, and in no cache",
  () =>
    withObjects([create], () =>
      withBackupOf(["zoo_listed"], async (backupId) => {
        await run(edit);
        const restore: Restore = await preview(backupId);
        const { sample } = tableIn(restore.preview, "zoo_listed");
        assert.ok(sample.some(({ label }: { label: string }) => label === "Newcomer"));

        const response = await ask(restore.id, "table=zoo_listed&change=insert");
        assert.equal(response.headers.get("cache-control"), "no-store");
        const first = await json(response);
        assert.deepEqual(RestoreRows.parse(first), first);
        assert.deepEqual([first.rows.length, first.count], [50, 120]);

        const seen = new Map<string, string>();
        let cursor = "";
        do {
          const page = await rowsOf(restore.id, `limit=37${cursor && `&cursor=${cursor}`}`);
          assert.equal(page.count, 171);
          for (const { change, key } of page.rows) seen.set(key.id, change);
          cursor = page.next_cursor;
        } while (cursor);
        const count = (kind: string) => [...seen.values()].filter((change) => change === kind).length;
        assert.deepEqual([count("insert"), count("update"), count("delete"), seen.size], [120, 50, 1, 171]);

        const { rows: [updated] } = await rowsOf(restore.id, "change=update&limit=1");
        assert.deepEqual([updated.before.last_name, updated.after.last_name], ["Müller", "Miller"]);
        assert.deepEqual([updated.columns, updated.is_stale], [["last_name"], false]);
        assert.match(updated.label, /^Name \d+ Müller$/);
      })),
);

testInSteps(
  "rows of a preview: search, in what is there and in what comes back",
  () =>
    withObjects([create], () =>
      withBackupOf(["zoo_listed"], async (backupId) => {
        await run(edit);
        const { id } = await preview(backupId);
        const found = async (search: string, more = "") => {
          const { rows, count } = await rowsOf(id, `search=${encodeURIComponent(search)}&limit=100${more}`);
          assert.equal(rows.length, count);
          return count;
        };
        assert.equal(await found("MÜLLER"), 50);
        assert.equal(await found("name 7"), 11, "7, and 70 to 79");
        assert.equal(await found("newcomer"), 1);
        assert.equal(await found("newcomer", "&change=insert"), 0);
        assert.equal(await found("1001"), 1);
        assert.equal(await found("%"), 0);

        await run("update public.zoo_listed set first_name = 'Again' where id = 299");
        const { rows } = await rowsOf(id, "change=update&limit=100");
        const stale = rows.filter(({ is_stale }: { is_stale: boolean }) => is_stale);
        assert.deepEqual(stale.map(({ key, before }: Restore) => [key, before]), [[{ id: "299" }, null]]);
      })),
);

testInSteps(
  "rows of a preview: as long as it is one, and for administrators",
  () =>
    withObjects([create], () =>
      withBackupOf(["zoo_listed"], async (backupId) => {
        await run(edit);
        const restore = await preview(backupId);
        const query = "table=zoo_listed";
        const wrong = await problem(ask(restore.id, "table=profiles"), 422, "invalid_argument");
        assert.equal(wrong.argument, "table");
        const cursor = await problem(ask(restore.id, `${query}&cursor=x`), 422, "invalid_argument");
        assert.equal(cursor.argument, "cursor");
        for (
          const [bad, path] of [["", "table"], [`${query}&change=kept`, "change"], [
            `${query}&limit=101`,
            "limit",
          ]]
        ) {
          const { errors } = await problem(ask(restore.id, bad), 422, "invalid_request");
          assert.equal(errors[0].path, path);
        }
        await problem(ask("11111111-1111-4111-8111-111111111111", query), 404, "restore_not_found");
        await problem(ask("7", query), 422, "invalid_id");
        await withPerson("alumni", async ({ credential }) => {
          await problem(ask(restore.id, query, credential), 403, "forbidden");
        });

        await run("alter table public.zoo_listed add column more text");
        const stale = await problem(ask(restore.id, query), 409, "preview_stale");
        assert.deepEqual(stale.tables, ["public.zoo_listed"]);
        await discard(restore);
        const gone = await problem(ask(restore.id, query), 409, "restore_not_ready");
        assert.equal(gone.status, 409);

        const applied = await apply(await preview(backupId));
        await problem(ask(applied.id, query), 409, "restore_not_ready");
      })),
);
