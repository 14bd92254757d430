import assert from "node:assert/strict";
import { withFaultyStorage } from "../backup/_support/faulty_storage.ts";
import { runWorker, withWaitingBackup } from "../backup/_support/own_worker.ts";
import { eventually } from "../backup/_support/waiting.ts";
import { json } from "../_support/api.ts";
import { sql } from "../_support/stack.ts";
import { forgetRestores, stagedTables, withBackupOf } from "./_support/archives.ts";
import { dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { gate, inApply, untilApplyWaits, withOpenTransaction } from "./_support/obstacles.ts";
import {
  accepted,
  apply,
  askForUndo,
  askToApply,
  failingApply,
  getRestore,
  preview,
  type Restore,
  restoreAtOnce,
  settled,
} from "./_support/restores.ts";
import { quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// A restore is never alone: people write, others restore, backups run.

const accounts = (table: string) => `
  create table public.${table} (id integer primary key, amount integer not null, note text);
  insert into public.${table} select n, 1000, 'note' from generate_series(1, 300) as n;`;
const names = ["zoo_left", "zoo_right"].map(quoted);

async function withAccounts(work: (backupId: string) => Promise<void>): Promise<void> {
  await withObjects(
    [inApply, accounts("zoo_left"), accounts("zoo_right")],
    () => withBackupOf(["zoo_left", "zoo_right"], work),
  );
}

testInSteps("restore: data that changed since the preview is not overwritten", async (t) => {
  const changes = {
    "an update": "update public.zoo_left set amount = 7 where id = 100",
    "an insert": "insert into public.zoo_right values (1000, 1, 'new')",
    "a delete": "delete from public.zoo_right where id = 100",
    "a row of the preview, changed once more": "update public.zoo_left set note = 'again' where id = 1",
    "a row of the preview, changed back": "update public.zoo_left set note = 'note' where id = 2",
    "a column more": "alter table public.zoo_left add column more integer",
  };
  await withAccounts(async (backupId) => {
    for (const [name, change] of Object.entries(changes)) {
      await t.step(name, async () => {
        await run("update public.zoo_left set note = 'changed ' || id where id <= 5");
        const previewed = await preview(backupId);
        await run(change);
        const now = await dump(names);
        const failed = await failingApply(previewed, "preview_stale");
        assert.ok(failed.error.details.tables.length > 0, JSON.stringify(failed.error));
        assert.deepEqual(await dump(names), now);
        assert.deepEqual(await stagedTables(), []);
      });
    }
  });
});

testInSteps(
  "restore: without a preview it is right in the midst of writers",
  () =>
    withAccounts(async (backupId) => {
      let transfers = 0;
      let isOver = false;
      const write = async () => {
        while (!isOver) {
          const id = 1 + transfers % 300;
          await sql.begin(async (transaction) => {
            await transaction`update public.zoo_left set amount = amount - 7 where id = ${id}`;
            await transaction`update public.zoo_right set amount = amount + 7 where id = ${301 - id}`;
          });
          transfers++;
        }
      };
      const writing = write();
      try {
        await eventually("rows change", () => transfers > 100);
        const restored = await restoreAtOnce(backupId);
        assert.equal(restored.status, "completed", JSON.stringify(restored.error));
        assert.ok(restored.result.totals.updated > 0);
        const now = transfers;
        await eventually("writers go on", () => transfers > now + 10);
      } finally {
        isOver = true;
        await writing;
      }
      const [{ sum }] = await sql`
      select (select sum(amount) from public.zoo_left)::int + (select sum(amount) from public.zoo_right)::int as sum`;
      assert.equal(sum, 600_000, "no transfer was restored by half");
    }),
);

testInSteps(
  "restore: of two who apply the same preview exactly one does",
  () =>
    withAccounts(async (backupId) => {
      const before = await dump(names);
      await run("update public.zoo_left set note = 'changed'");
      const previewed = await preview(backupId);
      const answers = await Promise.all([
        askToApply(previewed),
        askToApply(previewed),
        askToApply(previewed),
      ]);
      const statuses = answers.map(({ status }) => status).sort();
      const bodies = await Promise.all(answers.map((answer) => answer.json()));
      assert.deepEqual(statuses, [202, 409, 409]);
      assert.equal(bodies.filter(({ code }) => code === "restore_not_ready").length, 2);
      assert.equal((await settled(previewed.id)).status, "completed");
      assert.deepEqual(await dump(names), before);
      await json(askToApply(previewed), 409);
    }),
);

testInSteps(
  "restore: two at once of the same tables, and two of different ones",
  () =>
    withAccounts(async (backupId) => {
      const before = await dump(names);
      await run(
        "update public.zoo_left set note = 'changed' where id < 100; delete from public.zoo_right where id < 100",
      );
      const same = await Promise.all([preview(backupId), preview(backupId)]);
      const outcomes = await Promise.all(
        same.map(ended),
      );
      assert.ok(outcomes.some(({ status }) => status === "completed"));
      for (const { status, error } of outcomes) {
        if (status !== "completed") assert.equal(error.code, "preview_stale");
      }
      assert.deepEqual(await dump(names), before);

      await run("update public.zoo_left set note = 'changed'; update public.zoo_right set note = 'changed'");
      const apart = await Promise.all(
        ["zoo_left", "zoo_right"].map((table) => preview(backupId, { tables: [table] })),
      );
      await Promise.all(apart.map((one) => apply(one)));
      assert.deepEqual(await dump(names), before);
    }),
);

testInSteps(
  "backup during a restore: it holds what was there before",
  () =>
    withAccounts(async (backupId) => {
      await run("update public.zoo_left set note = 'changed' where id <= 5");
      const edited = await dump(names);
      const previewed = await preview(backupId);
      await run("alter table public.zoo_left add constraint zoo_wait check (zoo.waits(id)) not valid");
      await withWaitingBackup({ tables: ["zoo_left", "zoo_right"] }, async (second) => {
        await withOpenTransaction(gate, async () => {
          await accepted(askToApply(previewed));
          await untilApplyWaits();
          await runWorker(second);
        });
        assert.equal((await settled(previewed.id)).status, "completed");
        await run("alter table public.zoo_left drop constraint zoo_wait");

        const back = await restoreAtOnce(second);
        assert.equal(back.status, "completed", JSON.stringify(back.error));
        assert.deepEqual(back.result.totals, { inserted: 0, updated: 5, deleted: 0, skipped: 0 });
        assert.deepEqual(await dump(names), edited);
        await forgetRestores(second);
      });
    }),
);

testInSteps("restore during a backup: the backup has all of before", () =>
  withAccounts(async (backupId) => {
    await run("update public.zoo_left set note = 'changed' where id <= 5");
    const edited = await dump(names);
    const previewed = await preview(backupId);
    await withWaitingBackup({ tables: ["zoo_left", "zoo_right"] }, async (second) => {
      let restoring: Promise<Restore> | undefined;
      await withFaultyStorage(async (call) => {
        if (call.operation === "upload") await (restoring ??= ended(previewed));
      }, (storageUrl) => runWorker(second, { storageUrl, storageTimeoutMs: 30_000 }));
      const restored = await restoring;
      assert.equal(restored.status, "completed", JSON.stringify(restored.error));

      await restoreAtOnce(second);
      assert.deepEqual(await dump(names), edited);
      await forgetRestores(second);
    });
  }));

testInSteps(
  "undo: refused where rows were changed since, and each is named",
  () =>
    withAccounts(async (backupId) => {
      await run(`update public.zoo_left set note = 'changed' where id <= 10;
      delete from public.zoo_left where id between 11 and 20;
      insert into public.zoo_left select n, 1, 'new' from generate_series(1001, 1010) as n`);
      const applied = await apply(await preview(backupId));
      await run(`update public.zoo_left set note = 'since then' where id in (3, 15);
      delete from public.zoo_left where id = 4;
      insert into public.zoo_left values (1005, 2, 'since then');
      update public.zoo_left set note = 'since then' where id = 100`);
      const now = await dump(names);
      const failed = await settled(await accepted(askForUndo(applied)));
      assert.deepEqual([failed.status, failed.error?.code], ["failed", "undo_conflict"]);
      const named = JSON.stringify(failed.error.details.rows);
      for (const id of [3, 4, 15, 1005]) assert.match(named, new RegExp(`\\b${id}\\b`));
      assert.doesNotMatch(named, /\b(100|5|16)\b/);
      assert.deepEqual(await dump(names), now);
      assert.equal((await getRestore(applied.id)).can_undo, true, "a failed undo is none");
    }),
);

/** Applied, or not. */
async function ended(previewed: Restore): Promise<Restore> {
  return await settled(await accepted(askToApply(previewed)));
}
