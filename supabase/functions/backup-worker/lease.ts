import { AppError } from "../_shared/errors.ts";

export interface Lease {
  /**
   * Aborted, with the reason, when the job has gone to somebody else or was called off. Also, whenever it is looked
   * at, when nobody has heard of us for as long as the lease lasts: a process that was frozen must not go on as if
   * nothing had happened.
   */
  readonly signal: AbortSignal;
  release(): void;
}

/** Renews the lease of a job while it runs, however long a single step takes: two lost beats do no harm. */
export function holdLease(leaseSeconds: number, renew: () => Promise<unknown>): Lease {
  const controller = new AbortController();
  let renewedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    renew().then(() => renewedAt = now, (error: unknown) => {
      // Any other failure may pass; if it does not, the lease runs out.
      if (error instanceof AppError && error.code === "lease_lost") controller.abort(error);
    });
  }, leaseSeconds * 1000 / 3);
  return {
    get signal() {
      if (performance.now() - renewedAt > leaseSeconds * 1000) controller.abort(ranOut());
      return controller.signal;
    },
    release: () => clearInterval(timer),
  };
}

function ranOut(): AppError {
  return new AppError(
    "lease_lost",
    "This worker was silent for so long that it may not hold the job any more.",
  );
}
