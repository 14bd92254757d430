import assert from "node:assert/strict";
import { queued, withHeldJobs } from "./held_jobs.ts";
import { readerChanges, withChangedReaders } from "./readers.ts";
import { accepted, askForPreview, askToApply, preview, type Restore } from "./restores.ts";

/** Rows are written so slowly that there is time for something to happen; but only by a restore. */
export const slowRows = [
  `create function zoo.wait() returns boolean language plpgsql as $$
     begin
       if current_setting('session_replication_role') = 'replica' then perform pg_sleep(0.02); end if;
       return true;
     end $$`,
  "alter table public.readers add constraint readers_wait check (zoo.wait())",
];

/** A preview that waits for a worker of the test's own. */
export async function whileStaging(work: (restoreId: string) => Promise<void>): Promise<void> {
  await withChangedReaders((backupId) =>
    withHeldJobs("stage", async () => {
      const id = await accepted(askForPreview(backupId));
      await queued(id, "stage");
      await work(id);
    })
  );
}

/** A restore, previewed and with its safety backup, that waits to be applied by a worker of the test's own. */
export async function whileApplying(
  work: (restore: Restore) => Promise<void>,
  more: string[] = [],
): Promise<void> {
  await withChangedReaders((backupId) =>
    withHeldJobs("apply", async () => {
      const restore = await preview(backupId);
      assert.deepEqual(restore.preview.totals, readerChanges);
      await accepted(askToApply(restore));
      await queued(restore.id, "apply");
      await work(restore);
    }), more);
}
