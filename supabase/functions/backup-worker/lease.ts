import { AppError } from "../_shared/errors.ts";

/** Well within job_lease_seconds (60 by default), so that one lost beat does no harm. */
const beatMs = 15_000;

export interface Lease {
  /** Aborted, with the reason, when the job has gone to somebody else. */
  signal: AbortSignal;
  release(): void;
}

/** Renews the lease of a job while it runs, however long a single step takes. */
export function holdLease(renew: () => Promise<unknown>): Lease {
  const controller = new AbortController();
  const timer = setInterval(() => {
    renew().catch((error: unknown) => {
      // Any other failure may pass; if it does not, the lease runs out.
      if (error instanceof AppError && error.code === "lease_lost") controller.abort(error);
    });
  }, beatMs);
  return { signal: controller.signal, release: () => clearInterval(timer) };
}
