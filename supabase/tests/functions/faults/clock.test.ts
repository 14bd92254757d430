/** The server's clock was ahead and is put back: what was to happen soon does not wait until that time comes again. */
import assert from "node:assert/strict";
import { call, json, secret } from "../_support/api.ts";
import { ended, removeBackup } from "../_support/backups.ts";
import { sql, test } from "../_support/stack.ts";
import { tinySlices, withSettings } from "../backup/_support/settings.ts";
import { eventually } from "../backup/_support/waiting.ts";
import { assertNothingLeft } from "./_support/nothing_left.ts";
import { withoutStackWorker } from "./_support/stack_process.ts";
import { withVictims } from "./_support/victims.ts";

test("clock: put back by a day while a worker lies dead; its backup is taken over all the same", async () => {
  await withSettings({ ...tinySlices, job_lease_seconds: 3 }, () =>
    withVictims(async (next) => {
      let id = "";
      await withoutStackWorker(async () => {
        const body = { tables: ["profiles"] };
        ({ backupId: id } = await json(call("POST", "/backups/create", { as: secret, body }), 202));
        const worker = await next();
        await worker.wake();
        await eventually("it has the job", async () => await is(id, "running"));
        await worker.kill();
        const moved = await sql`
          update backup.jobs set lease_expires_at = lease_expires_at + interval '1 day'
          where backup_id = ${id} and status = 'running' returning 1`;
        assert.equal(moved.length, 1, "it was killed while it held the job");
      });
      await swept(id);
    }));
});

test("clock: put back by a day while a backup waits for its second attempt", async () => {
  let id = "";
  await withoutStackWorker(async () => {
    ({ backupId: id } = await json(call("POST", "/backups/create", { as: secret, body: {} }), 202));
    await sql`update backup.jobs set run_after = now() + interval '1 day' where backup_id = ${id}`;
  });
  await swept(id);
});

/** What pg_cron does every minute is all that it takes. */
async function swept(id: string): Promise<void> {
  try {
    await sql`select backup.sweep()`;
    assert.equal((await ended(id)).status, "completed");
    await assertNothingLeft();
  } finally {
    await removeBackup(id);
  }
}

async function is(id: string, status: string): Promise<boolean> {
  const rows = await sql`
    select from backup.jobs where backup_id = ${id} and kind = 'backup' and status = ${status}`;
  return rows.length > 0;
}
