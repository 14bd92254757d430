import type { Channel } from "../_shared/answers.ts";
import { errorReport } from "./error_report.ts";
import { sendEmail } from "./notify/email.ts";
import type { Outcome, Sending } from "./notify/sending.ts";
import { sendWebhook } from "./notify/webhook.ts";
import type { JobContext } from "./worker.ts";

const senders: Record<Channel, (sending: Sending) => Promise<Outcome>> = {
  webhook: (sending) => sendWebhook(sending),
  email: sendEmail,
};

/** Sends a notification by every way that is due. What does not arrive is tried again: SQL knows how often. */
export async function runDeliver(context: JobContext): Promise<void> {
  const { env, clock, signal, database, held, caller, log } = context;
  const { notification, due } = await database.call("begin_delivery", held, caller);
  for (const channel of due) {
    const { outcome, error } = await senders[channel]({
      env,
      notification,
      clock,
      signal,
      timeoutMs: 10_000,
    });
    signal.throwIfAborted();
    await database.call("record_delivery", {
      ...held,
      channel,
      outcome,
      error: error ? errorReport(error) : null,
    }, caller);
    log.info("notification handled", { channel, kind: notification.kind, outcome, code: error?.code });
  }
  await database.call("end_delivery", held, caller);
}
