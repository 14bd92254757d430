import type { BackupJob, Job } from "../_shared/answers.ts";
import { type Caller, serviceCaller } from "../_shared/caller.ts";
import { AppError } from "../_shared/errors.ts";
import { errorFields } from "../_shared/logger.ts";
import type { Services } from "../_shared/services.ts";
import { removeArchive } from "./archive.ts";
import { holdLease } from "./lease.ts";
import { createLoop, type Nap } from "./loop.ts";
import { runApply } from "./run_apply.ts";
import { runBackup } from "./run_backup.ts";
import { runDeliver } from "./run_deliver.ts";
import { runPurge } from "./run_purge.ts";
import { runRescan } from "./run_rescan.ts";
import { runStage } from "./run_stage.ts";
import { runVerify } from "./run_verify.ts";
import { whileHeld } from "./while_held.ts";

/** A job in hand. */
export interface JobContext<AnyJob extends Job = Job> extends Services {
  job: AnyJob;
  /** Names job and worker in every report to SQL. */
  held: { job_id: string; worker_id: string };
  caller: Caller;
  /** Aborted when the lease is lost or the job was called off: stop, store nothing more. */
  signal: AbortSignal;
}

interface Runner {
  run(context: JobContext): Promise<void>;
  /** Removes what a failed attempt has left in the bucket; false when it could not. */
  clearUp?(context: JobContext): Promise<boolean>;
}

const runners: Record<Job["kind"], Runner> = {
  backup: {
    run: (context) => runBackup(ofBackup(context)),
    clearUp: (context) => removeArchive(ofBackup(context)),
  },
  purge: { run: (context) => runPurge(ofBackup(context)) },
  stage: { run: runStage },
  apply: { run: runApply },
  verify: { run: runVerify },
  rescan: { run: runRescan },
  deliver: { run: runDeliver },
};

function ofBackup(context: JobContext): JobContext<BackupJob> {
  const { backup_id } = context.job;
  if (backup_id === null) throw new Error(`a job to ${context.job.kind} without a backup`);
  return { ...context, job: { ...context.job, backup_id } };
}

/** How long a worker waits for the next job before it rests; the sweep wakes it every minute. */
const patience = 60;

/**
 * Takes one job after the other until none waits; beside that, urgent ones only, so that a restore does not wait for
 * the end of a long backup. One worker per process: to be woken while it works only makes it look once more before
 * it rests.
 */
export function createWorker(
  services: Services,
  { patienceSeconds = patience }: { patienceSeconds?: number } = {},
): { wake(): Promise<void> } {
  const workerId = crypto.randomUUID();
  const caller = serviceCaller("backup-worker", workerId);
  const { log, database } = services;
  const loops = [createLoop(drain), createLoop(drainUrgent)];
  let claims = 0;
  return {
    async wake() {
      await Promise.all(loops.map((loop) => loop.wake()));
    },
  };

  async function drain(nap: Nap): Promise<void> {
    try {
      for (let waited = 0;;) {
        if (await runNext(false)) {
          waited = 0;
          continue;
        }
        // A job whose pause is over soon, or one of a worker that may be dead: nobody else might come in time.
        const seconds = await database.call("next_job_in", { worker_id: workerId }, caller);
        if (seconds === null || waited + seconds >= patienceSeconds) return;
        // At least one: what is due can be locked by somebody.
        await nap(Math.max(1, seconds));
        waited += Math.max(1, seconds);
      }
    } catch (error) {
      if (!isUnconfirmed(error)) return stopped(error);
      log.warn("no work in a copy of a project", errorFields(error));
      // A refusal leaves no trace, this does; the sweep, which does not know our address, goes by it.
      await database.call("is_own_project", {}, caller).catch(stopped);
    }
  }

  async function drainUrgent(): Promise<void> {
    try {
      while (await runNext(true));
    } catch (error) {
      // The other loop meets the same, and says it.
      if (!isUnconfirmed(error)) stopped(error);
    }
  }

  function stopped(error: unknown): void {
    log.error("worker stopped", errorFields(error));
  }

  async function runNext(urgent_only: boolean): Promise<boolean> {
    // Another one each time: should a lease run out while the work goes on, one loop may be given what the other
    // still does, and their reports must not be taken for each other's.
    const worker_id = `${workerId}/${++claims}`;
    const job = await database.call("claim_job", { worker_id, urgent_only }, caller);
    if (job) await run(job, worker_id);
    return job !== null;
  }

  async function run(job: Job, worker_id: string): Promise<void> {
    const held = { job_id: job.job_id, worker_id };
    const jobLog = log.with({
      job_id: job.job_id,
      job_kind: job.kind,
      backup_id: job.backup_id ?? undefined,
      restore_id: job.restore_id ?? undefined,
    });
    const lease = holdLease(job.lease_seconds, () => database.call("heartbeat", held, caller));
    const bucket = services.bucket.until(lease);
    const context: JobContext = { ...services, bucket, log: jobLog, job, held, caller, signal: lease.signal };
    const { run: work, clearUp } = runners[job.kind];
    const startedAt = performance.now();
    jobLog.info("job started", { attempt: job.attempt });
    try {
      await whileHeld(context, () => work(context), clearUp && (() => clearUp(context)));
      jobLog.info("job ended", { seconds: Math.round(performance.now() - startedAt) / 1000 });
    } catch (error) {
      if (error instanceof AppError && error.code === "lease_lost") {
        // Somebody else has it, or it was called off.
        jobLog.warn("job lost");
      } else {
        // What arrives here could not be reported (no database): when the lease has run out, the job is taken up
        // again.
        jobLog.error("job abandoned", errorFields(error));
      }
    } finally {
      lease.release();
    }
  }
}

function isUnconfirmed(error: unknown): boolean {
  return error instanceof AppError && error.code === "project_unconfirmed";
}
