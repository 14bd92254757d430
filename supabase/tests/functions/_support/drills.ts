import { withoutSweep } from "../backup/_support/own_worker.ts";
import { eventually } from "../backup/_support/waiting.ts";
import { call, json, secret } from "./api.ts";
import { sql } from "./stack.ts";

/** How a drill ended, as the catalogue has it. */
export interface Drilled {
  // deno-lint-ignore no-explicit-any -- as SQL answers it; the tests assert what they need of it
  verification: any;
  verified_at: Date | null;
  // deno-lint-ignore no-explicit-any -- as above
  job: any;
}

export function askForDrill(backupId: string): Promise<Response> {
  return call("POST", `/backups/${backupId}/verify`, { as: secret });
}

/** A drill by the worker of the stack. */
export async function drill(backupId: string): Promise<Drilled> {
  const { job } = await json(askForDrill(backupId), 202);
  return await drilled(backupId, job.id);
}

/** A drill that waits for a worker of the test's own. */
export async function withWaitingDrill(
  backupId: string,
  work: (jobId: string) => Promise<void>,
): Promise<Drilled> {
  let jobId = "";
  await withoutSweep(async () => {
    await sql.begin(async (transaction) => {
      await transaction`select set_config('request.jwt.claims', '{"role": "service_role"}', true)`;
      const [{ requested }] = await transaction`select backup.request_drill(${backupId}) as requested`;
      jobId = requested.job.id;
      await transaction`update backup.jobs set run_after = 'infinity' where job_id = ${jobId}`;
    });
    await work(jobId);
  });
  return await drilled(backupId, jobId);
}

async function drilled(backupId: string, jobId: string): Promise<Drilled> {
  let job: Drilled["job"];
  await eventually("the drill has ended", async () => {
    [job] = await sql`select * from backup.jobs where job_id = ${jobId}`;
    return !["queued", "running"].includes(job.status);
  }, 60);
  const [backup] = await sql`select verification, verified_at from public.backups where id = ${backupId}`;
  return { ...backup, job } as Drilled;
}

/** What drills have left in the place where they try things out. */
export async function scratchTables(): Promise<string[]> {
  const rows = await sql`
    select relname from pg_class where relnamespace = 'backup_staging'::regnamespace and relname like 'v\\_%'`;
  return rows.map(({ relname }) => relname);
}
