import { Webhook as Signer } from "standardwebhooks";
import { AppError } from "../../_shared/errors.ts";
import { oneLine, projectHost } from "./message.ts";
import { failed, type Outcome, post, type Sending } from "./sending.ts";
import { addressObjection, type Resolve } from "./webhook_address.ts";

/** Sends a notification as a Standard Webhook (https://www.standardwebhooks.com) whose `text` chat programs show. */
export async function sendWebhook(sending: Sending, resolve?: Resolve): Promise<Outcome> {
  const { env, env: { webhook }, notification, clock } = sending;
  if (!webhook) return { outcome: "not_configured", error: null };
  const { url, secret } = webhook;
  try {
    const objection = await addressObjection(webhook, resolve);
    if (objection) return refused(url, objection);
  } catch {
    return failed(url, "is not known by name");
  }

  const { id, kind, severity, message, details, created_at } = notification;
  const body = JSON.stringify({
    // Chat programs read it as markup.
    text: escapeMarkup(oneLine(env, notification)),
    kind,
    severity,
    message,
    details,
    created_at,
    id,
    project: env.publicUrl,
  });
  const messageId = `${projectHost(env)}/${id}`;
  return await post(url, body, signature(secret, messageId, clock(), body), sending);
}

function signature(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const headers = { "webhook-id": id, "webhook-timestamp": String(Math.floor(at.getTime() / 1000)) };
  if (secret === "") return headers;
  const signer = secret.startsWith("whsec_") ? new Signer(secret) : new Signer(secret, { format: "raw" });
  return { ...headers, "webhook-signature": signer.sign(id, at, body) };
}

function refused({ host, hostname }: URL, objection: string): Outcome {
  const error = new AppError("webhook_refused", `Nothing is sent to the webhook: ${objection}.`, {
    hint: `If it is meant, put ${host} into the secret BACKUP_WEBHOOK_ALLOWED_HOSTS.`,
    members: { host: hostname },
  });
  return { outcome: "refused", error };
}

/** As Slack asks for it: otherwise a text could call a whole channel. */
function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
