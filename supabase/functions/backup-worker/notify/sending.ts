import type { DueNotification } from "../../_shared/answers.ts";
import type { Env } from "../../_shared/env.ts";
import { AppError } from "../../_shared/errors.ts";

/** A notification on its way out. */
export interface Sending {
  env: Env;
  notification: DueNotification;
  clock: () => Date;
  signal: AbortSignal;
  /** How long a receiver may take to answer. */
  timeoutMs: number;
}

/** What became of it. */
export interface Outcome {
  outcome: "sent" | "failed" | "not_configured" | "refused";
  error: AppError | null;
}

/**
 * Posts a text. Nothing of the address but its host is ever told or logged: the rest may be a secret. A redirect is
 * not followed: it could lead anywhere.
 */
export async function post(
  url: URL,
  body: string,
  headers: Record<string, string>,
  { signal, timeoutMs }: Sending,
): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    // What it says is of no interest, and may be endless.
    await response.body?.cancel();
    return response.ok
      ? { outcome: "sent", error: null }
      : failed(url, `answered ${response.status}`, { status: response.status });
  } catch (error) {
    const isSlow = error instanceof DOMException && error.name === "TimeoutError";
    return failed(url, isSlow ? `did not answer within ${timeoutMs / 1000} s` : "could not be reached");
  }
}

export function failed({ host }: URL, what: string, members: Record<string, unknown> = {}): Outcome {
  const error = new AppError("delivery_failed", `${host} ${what}.`, {
    hint: "It is tried again for a while. See that the address is right and that somebody listens there.",
    members: { host, ...members },
  });
  return { outcome: "failed", error };
}
