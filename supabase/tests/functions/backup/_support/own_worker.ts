import type postgres from "postgres";
import { createWorker } from "../../../../functions/backup-worker/worker.ts";
import {
  connect,
  type Database,
  type FunctionArgs,
  type FunctionName,
} from "../../../../functions/_shared/database.ts";
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
  /** Whether it goes on with whatever else waits; by default it does. */
  takesOthers?: boolean;
}

/** The real worker, in this process. It is less patient with the storage than usual. */
export interface OwnWorker {
  /** Takes this waiting backup, restore or job, before anybody else can, and goes on until nothing is left to do. */
  run(id: string): Promise<void>;
}

export async function withOwnWorker(
  options: WorkerOptions,
  work: (worker: OwnWorker) => Promise<void>,
): Promise<void> {
  const { storageUrl, env: other, storageTimeoutMs = 1500 } = options;
  const given = readEnv(Deno.env.toObject());
  const env = { ...given, supabaseUrl: storageUrl ?? given.supabaseUrl, ...other };
  const log = createLogger({ level: Deno.env.has("SHOW_WORKER") ? "info" : "silent" });
  const database = connect({
    url: env.databaseUrl,
    projectUrl: env.publicUrl,
    applicationName: "backup-worker of a test",
  });
  const wanted: string[] = [];
  const worker = createWorker({
    env,
    log,
    clock: () => new Date(),
    database: claimingFirst(database, wanted, options),
    bucket: createBucket({ env, log, retries: 3, minPauseMs: 20, timeoutMs: storageTimeoutMs }),
    wake: () => {},
  }, { patienceSeconds: 0 });
  try {
    await work({
      run(id) {
        wanted.push(id);
        return worker.wake();
      },
    });
  } finally {
    await database.close();
  }
}

export function runWorker(id: string, options: WorkerOptions = {}): Promise<void> {
  return withOwnWorker(options, (worker) => worker.run(id));
}

/** A claim makes the wanted job due just before, so that nobody else can be faster. */
function claimingFirst(database: Database, wanted: string[], options: WorkerOptions): Database {
  const { takesOver = false, takesOthers = true, before = {} } = options;
  return {
    ...database,
    call: async (name, args, caller) => {
      await before[name]?.();
      const id = name === "claim_job" ? wanted.shift() : undefined;
      if (id === undefined) {
        return name === "claim_job" && !takesOthers ? null : await database.call(name, args, caller);
      }
      for (;;) {
        const claimed = await claimNow(id, args as unknown as FunctionArgs<"claim_job">, takesOver);
        if (claimed) return claimed.job;
        // Something else was due before it, and is taken out of the way.
        const other = await database.call(name, args, caller);
        if (other === null) continue;
        wanted.unshift(id);
        return other;
      }
    },
  };
}

/** The job, if it still waits; null when another one is due before it: then it stays as it was. */
async function claimNow(
  id: string,
  { worker_id, urgent_only }: FunctionArgs<"claim_job">,
  takesOver: boolean,
) {
  const another = new Error("another job is due");
  return await sql.begin(async (transaction) => {
    await release(id, transaction);
    if (takesOver) await expireLease(id, transaction);
    const [{ job }] = await transaction`
      select backup.claim_job(${worker_id}, ${urgent_only ?? false}) as job`;
    if (job !== null && ![job.backup_id, job.restore_id, job.job_id].includes(id)) throw another;
    return { job };
  }).catch((error) => {
    if (error === another) return null;
    throw error;
  });
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
