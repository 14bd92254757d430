import { AppError } from "../_shared/errors.ts";

export interface Lease {
  /** Aborted, with the reason, when the job has gone to somebody else or was called off. */
  signal: AbortSignal;
  /** Aborts it at once if it has not been renewed for so long that somebody else may have the job. */
  check(): void;
  release(): void;
}

/** Renews the lease of a job while it runs, however long a single step takes: two lost beats do no harm. */
export function holdLease(leaseSeconds: number, renew: () => Promise<unknown>): Lease {
  const controller = new AbortController();
  let renewedAt = performance.now();
  const timer = setInterval(() => {
    const askedAt = performance.now();
    renew().then(() => renewedAt = askedAt).catch((error: unknown) => {
      // Any other failure may pass; if it does not, the lease runs out.
      if (error instanceof AppError && error.code === "lease_lost") controller.abort(error);
    });
  }, leaseSeconds * 1000 / 3);
  return {
    signal: controller.signal,
    check() {
      // A process that was stopped for a while goes on where it was, and knows nothing of it: the clock does.
      if (performance.now() - renewedAt < leaseSeconds * 1000) return;
      controller.abort(new AppError("lease_lost", "The lease has run out: somebody else may have the job."));
    },
    release: () => clearInterval(timer),
  };
}
