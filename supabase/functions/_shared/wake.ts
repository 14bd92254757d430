import { secretKey } from "./caller.ts";
import type { Env } from "./env.ts";
import type { Logger } from "./logger.ts";

/** Tells the worker that there is work, and does not wait for it. */
export type Wake = (requestId: string) => void;

export interface WakeOptions {
  env: Pick<Env, "supabaseUrl" | "secretKeys">;
  log: Logger;
  fetch?: typeof fetch;
}

/**
 * A wake that is lost costs a minute at most: the sweep that cron runs every
 * minute wakes the worker for any job that waits. So a failure is only logged.
 */
export function createWake({ env, log, fetch: send = fetch }: WakeOptions): Wake {
  return (requestId) => {
    const key = secretKey(env);
    const call = send(`${env.supabaseUrl}/functions/v1/backup-worker`, {
      method: "POST",
      headers: { apikey: key, "content-type": "application/json", "x-request-id": requestId },
      body: "{}",
      signal: AbortSignal.timeout(10_000),
    }).then(async (response) => {
      await response.body?.cancel();
      if (!response.ok) log.warn("worker did not wake", { request_id: requestId, status: response.status });
    }).catch((error: unknown) => {
      log.warn("worker did not wake", {
        request_id: requestId,
        error: error instanceof Error ? error.message : String(error),
      });
    });
    inBackground(call);
  };
}

/**
 * The hosted platform may stop an isolate once it has answered; what must go on
 * is handed to EdgeRuntime there. Elsewhere the process simply lives on.
 */
export function inBackground(work: Promise<unknown>): void {
  const runtime = (globalThis as { EdgeRuntime?: EdgeRuntime }).EdgeRuntime;
  runtime?.waitUntil(work);
}

interface EdgeRuntime {
  waitUntil(work: Promise<unknown>): void;
}
