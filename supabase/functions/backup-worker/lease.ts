import { AppError } from "../_shared/errors.ts";

export interface Lease {
  /** Aborted, with the reason, when the job has gone to somebody else or was called off. */
  signal: AbortSignal;
  release(): void;
}

/** Renews the lease of a job while it runs, however long a single step takes: two lost beats do no harm. */
export function holdLease(leaseSeconds: number, renew: () => Promise<unknown>): Lease {
  const controller = new AbortController();
  const timer = setInterval(() => {
    renew().catch((error: unknown) => {
      // Any other failure may pass; if it does not, the lease runs out.
      if (error instanceof AppError && error.code === "lease_lost") controller.abort(error);
    });
  }, leaseSeconds * 1000 / 3);
  return { signal: controller.signal, release: () => clearInterval(timer) };
}
