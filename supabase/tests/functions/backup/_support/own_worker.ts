import type postgres from "postgres";
import { createWorker } from "../../../../functions/backup-worker/worker.ts";
import { connect, type Database, type FunctionName } from "../../../../functions/_shared/database.ts";
import { type Env, readEnv } from "../../../../functions/_shared/env.ts";
import { createLogger } from "../../../../functions/_shared/logger.ts";
import { createBucket } from "../../../../functions/_shared/storage.ts";
import { call, json, secret } from "../../_support/api.ts";
import { gone } from "../../_support/backups.ts";
import { sql } from "../../_support/stack.ts";
import { eventually } from "./waiting.ts";

export interface Request {
  tables?: string[];
  override_reason?: string;
}

/**
 * A backup that waits for a worker of the test's own. The stack's worker hears
 * that there is something to do and finds nothing: the job is not due until
 * somebody calls runWorker() or release().
 */
export async function withWaitingBackup(
  request: Request,
  work: (id: string) => Promise<void>,
): Promise<void> {
  await withoutSweep(async () => {
    const { tables = null, override_reason = null } = request;
    const id = await sql.begin(async (transaction) => {
      await transaction`select set_config('request.jwt.claims', '{"role": "service_role"}', true)`;
      const [{ backup }] = await transaction`
        select backup.request_backup(tables => ${tables}, override_validation => ${override_reason !== null},
                                     override_reason => ${override_reason}) as backup`;
      await transaction`update backup.jobs set run_after = 'infinity' where backup_id = ${backup.id}`;
      return backup.id as string;
    });
    try {
      await work(id);
    } finally {
      await discard(id);
    }
  });
}

/** Its job waits too, for a worker of the test's own. */
export async function requestDeletion(id: string): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`select set_config('request.jwt.claims', '{"role": "service_role"}', true)`;
    await transaction`select backup.request_deletion(${id})`;
    await transaction`update backup.jobs set run_after = 'infinity' where backup_id = ${id} and kind = 'purge'`;
  });
}

/** Makes the job of a backup or restore, or the job itself, due; who claims it first has it. */
export async function release(id: string, on: postgres.ISql = sql): Promise<void> {
  await on`update backup.jobs set run_after = now() - interval '1 second'
            where ${id} in (backup_id, restore_id, job_id) and status = 'queued'`;
}

/** As if the job's worker had been silent for so long that its lease ran out. */
export async function expireLease(id: string, on: postgres.ISql = sql): Promise<void> {
  await on`update backup.jobs set lease_expires_at = now() - interval '1 second'
            where ${id} in (backup_id, restore_id, job_id) and status = 'running'`;
}

/** The stack's worker takes a job over whose worker hangs but lives, and may still renew its lease. */
export async function takeOver(id: string): Promise<void> {
  await eventually("the job is taken over", async () => {
    await expireLease(id);
    await wakeStack();
    const [{ attempts }] = await sql`
      select max(attempt_count) as attempts from backup.jobs where ${id} in (backup_id, restore_id, job_id)`;
    return attempts > 1;
  });
}

/** Wakes the worker of the stack. */
export async function wakeStack(): Promise<void> {
  await json(call("POST", "/backup-worker", { as: secret, body: {} }), 202);
}

export interface WorkerOptions {
  /** Where it finds the storage; default: the real one. */
  storageUrl?: string;
  env?: Partial<Env>;
  /** For one call. */
  storageTimeoutMs?: number;
  /** Happens before the worker calls this function of SQL. */
  before?: Partial<Record<FunctionName, () => Promise<void>>>;
  /** Takes the job from a worker that hangs but lives. */
  takesOver?: boolean;
}

/**
 * The real worker, in this process, for the waiting backup or restore: from its claim until
 * nothing is left to do. It is less patient with the storage than usual.
 */
export async function runWorker(id: string, options: WorkerOptions = {}): Promise<void> {
  const { storageUrl, env: other, storageTimeoutMs = 1500 } = options;
  const given = readEnv(Deno.env.toObject());
  const env = { ...given, supabaseUrl: storageUrl ?? given.supabaseUrl, ...other };
  const log = createLogger({ level: Deno.env.has("SHOW_WORKER") ? "info" : "silent" });
  const database = connect({
    url: env.databaseUrl,
    projectUrl: env.publicUrl,
    applicationName: "backup-worker of a test",
  });
  try {
    await createWorker({
      env,
      log,
      clock: () => new Date(),
      database: claimingFirst(database, id, options),
      bucket: createBucket({ env, log, retries: 3, minPauseMs: 20, timeoutMs: storageTimeoutMs }),
      wake: () => {},
    }, { patienceSeconds: 0 }).wake();
  } finally {
    await database.close();
  }
}

/** Its first claim makes the job due just before, so that nobody else can be faster. */
function claimingFirst(database: Database, id: string, { takesOver, before = {} }: WorkerOptions): Database {
  let isFirst = true;
  return {
    ...database,
    call: async (name, args, caller) => {
      await before[name]?.();
      if (name !== "claim_job" || !isFirst) return await database.call(name, args, caller);
      isFirst = false;
      const { worker_id } = args as unknown as { worker_id: string };
      return await sql.begin(async (transaction) => {
        await release(id, transaction);
        if (takesOver) await expireLease(id, transaction);
        const [{ job }] = await transaction`select backup.claim_job(${worker_id}) as job`;
        return job;
      });
    },
  };
}

/** The minute sweep would wake the stack's worker in the middle of a test. */
export async function withoutSweep(work: () => Promise<void>): Promise<void> {
  const setActive = (active: boolean) =>
    sql`select cron.alter_job(jobid, active := ${active}) from cron.job where jobname = 'backup-sweep'`;
  await setActive(false);
  try {
    await work();
  } finally {
    await setActive(true);
  }
}

/** However the test ended: no job, no object, no row. */
async function discard(id: string): Promise<void> {
  await sql`update public.backups set status = 'failed', is_pinned = false, error = '{"code": "internal"}'
            where id = ${id} and (status in ('queued', 'processing', 'deleting') or is_pinned)`;
  await sql`delete from backup.jobs where backup_id = ${id}`;
  if ((await sql`select from public.backups where id = ${id}`).length === 0) return;
  const response = await call("DELETE", `/backups/${id}`, { as: secret });
  await response.body?.cancel();
  await gone(id);
}
