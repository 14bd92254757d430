import type { BackupJob, Job, RestoreJob } from "../_shared/answers.ts";
import { type Caller, serviceCaller } from "../_shared/caller.ts";
import { AppError } from "../_shared/errors.ts";
import { errorFields } from "../_shared/logger.ts";
import type { Services } from "../_shared/services.ts";
import { holdLease } from "./lease.ts";
import { runApply } from "./run_apply.ts";
import { runBackup } from "./run_backup.ts";
import { runPurge } from "./run_purge.ts";
import { runStage } from "./run_stage.ts";

/** A job in hand. */
export interface JobContext<AnyJob extends Job = Job> extends Services {
  job: AnyJob;
  /** Names job and worker in every report to SQL. */
  held: { job_id: string; worker_id: string };
  caller: Caller;
  /** Aborted when the lease is lost: stop, store nothing more. */
  signal: AbortSignal;
}

type Runner<AnyJob extends Job> = (context: JobContext<AnyJob>) => Promise<void>;

const backupRunners: Record<BackupJob["kind"], Runner<BackupJob>> = { backup: runBackup, purge: runPurge };
const restoreRunners: Record<RestoreJob["kind"], Runner<RestoreJob>> = { stage: runStage, apply: runApply };

function runJob(job: Job, context: Omit<JobContext, "job">): Promise<void> {
  return job.restore_id === null
    ? backupRunners[job.kind]({ ...context, job })
    : restoreRunners[job.kind]({ ...context, job });
}

/**
 * Takes one job after the other until none waits. One worker per process: to be
 * woken while it works only makes it look once more before it rests.
 */
export function createWorker(services: Services): { wake(): Promise<void> } {
  const workerId = crypto.randomUUID();
  const caller = serviceCaller("backup-worker", workerId);
  const { log, database } = services;
  let running: Promise<void> | null = null;
  let lookAgain = false;

  async function drain(): Promise<void> {
    do {
      lookAgain = false;
      for (let job = await claim(); job; job = await claim()) await run(job);
    } while (lookAgain);
  }

  const claim = () => database.call("claim_job", { worker_id: workerId }, caller);

  async function run(job: Job): Promise<void> {
    const held = { job_id: job.job_id, worker_id: workerId };
    const jobLog = log.with({
      job_id: job.job_id,
      job_kind: job.kind,
      backup_id: job.backup_id ?? undefined,
      restore_id: job.restore_id ?? undefined,
    });
    const lease = holdLease(() => database.call("heartbeat", held, caller));
    const startedAt = performance.now();
    jobLog.info("job started", { attempt: job.attempt });
    try {
      await runJob(job, { ...services, log: jobLog, held, caller, signal: lease.signal });
      jobLog.info("job ended", { seconds: Math.round(performance.now() - startedAt) / 1000 });
    } catch (error) {
      if (error instanceof AppError && error.code === "lease_lost") {
        // Somebody else has it, or it was called off.
        jobLog.warn("job lost");
      } else {
        // The runners report their own failures. What arrives here could not be
        // reported (no database): when the lease has run out, the job is taken
        // up again.
        jobLog.error("job abandoned", errorFields(error));
      }
    } finally {
      lease.release();
    }
  }

  return {
    wake() {
      lookAgain = true;
      running ??= drain()
        .catch((error) => log.error("worker stopped", errorFields(error)))
        .finally(() => running = null);
      return running;
    },
  };
}
