/** The worker's connections to the database are ended by the server, at moments that other tests do not have. */
import assert from "node:assert/strict";
import { ended } from "../_support/backups.ts";
import { sql, test } from "../_support/stack.ts";
import { assertWhole } from "../backup/_support/archive.ts";
import { runWorker, withWaitingBackup } from "../backup/_support/own_worker.ts";
import { tinySlices, withSettings } from "../backup/_support/settings.ts";
import { eventually } from "../backup/_support/waiting.ts";
import { withOpenTransaction } from "../restore/_support/obstacles.ts";
import { assertNothingLeft } from "./_support/nothing_left.ts";
import { withoutStackWorker } from "./_support/stack_process.ts";

interface Moment {
  /** What the session waits for, so that it can be met there. */
  hold: string;
  /** Which session. */
  application: string;
}

const moments: Record<string, Moment> = {
  "locks its tables": {
    hold: "lock table public.events in access exclusive mode",
    application: "backup-worker snapshot",
  },
  "plans": {
    hold: "lock table backup.rules in access exclusive mode",
    application: "backup-worker snapshot",
  },
  "notes the plan": {
    hold: "lock table backup.backup_parts in exclusive mode",
    application: "backup-worker of a test",
  },
  "completes": {
    hold: "lock table backup.notifications in exclusive mode",
    application: "backup-worker of a test",
  },
};

for (const [name, { hold, application }] of Object.entries(moments)) {
  test(`connection: ended while a backup ${name}; it is tried again, and whole`, async () => {
    await withSettings(
      { ...tinySlices, lock_timeout_seconds: 30 },
      () =>
        withWaitingBackup({ tables: ["events", "jobs"] }, async (id) => {
          await withoutStackWorker(async () => {
            let running: Promise<void> | undefined;
            await withOpenTransaction(hold, async () => {
              running = runWorker(id);
              await eventually("it waits", async () => await endWaiting(application) > 0);
            });
            await running;
          });
          const [{ error }] = await sql`
          select attempt.error from backup.job_attempts as attempt join backup.jobs as job using (job_id)
          where job.backup_id = ${id} and job.kind = 'backup' and attempt.attempt = 1`;
          assert.equal(error?.code, "database_unavailable", JSON.stringify(error));
          await assertNothingLeft();
          assert.equal((await ended(id)).status, "completed");
          await assertWhole(id);
        }),
    );
  });
}

/** Ends the sessions that wait for a lock. */
async function endWaiting(application: string): Promise<number> {
  const ended = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = ${application} and wait_event_type = 'Lock'`;
  return ended.length;
}
