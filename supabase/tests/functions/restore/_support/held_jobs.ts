import { sql } from "../../_support/stack.ts";
import { withoutSweep } from "../../backup/_support/own_worker.ts";
import { eventually } from "../../backup/_support/waiting.ts";

type Kind = "stage" | "apply" | "deliver";

/** While the work lasts, jobs of this kind are not due before somebody releases them, for a worker of the test's own. */
export async function withHeldJobs(kind: Kind, work: () => Promise<void>): Promise<void> {
  await withoutSweep(async () => {
    await sql.unsafe(`
      create or replace function public.test_hold_job() returns trigger language plpgsql as
        $$ begin new.run_after := 'infinity'; return new; end $$;
      create or replace trigger test_hold_job before insert on backup.jobs
        for each row when (new.kind = '${kind}') execute function public.test_hold_job()`);
    try {
      await work();
    } finally {
      await sql.unsafe("drop trigger test_hold_job on backup.jobs; drop function public.test_hold_job()");
    }
  });
}

/** Until the restore has such a job to be released. */
export async function queued(restoreId: string, kind: Kind): Promise<void> {
  await eventually(`a job to ${kind}`, async () => {
    const jobs = await sql`
      select from backup.jobs where restore_id = ${restoreId} and kind = ${kind} and status = 'queued'`;
    return jobs.length === 1;
  });
}
