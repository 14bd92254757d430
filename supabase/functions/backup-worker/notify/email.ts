import { AppError } from "../../_shared/errors.ts";
import { oneLine, projectHost } from "./message.ts";
import { type Outcome, post, type Sending } from "./sending.ts";

/** Sends a notification by e-mail, through Resend. */
export async function sendEmail(sending: Sending): Promise<Outcome> {
  const { env, notification } = sending;
  const { apiKey, apiUrl, to, from } = env.email;
  if (to.length === 0) return { outcome: "not_configured", error: null };
  const missing = [
    ...(apiKey === "" ? ["RESEND_API_KEY"] : []),
    ...(from === "" ? ["BACKUP_EMAIL_FROM"] : []),
  ];
  if (missing.length > 0) return incomplete(missing);

  const { id, kind, message, details, created_at } = notification;
  const body = JSON.stringify({
    from,
    to,
    subject: oneLine(env, notification),
    text: [message, `${kind}, ${created_at}, ${env.publicUrl}`, JSON.stringify(details, null, 2)].join(
      "\n\n",
    ),
  });
  return await post(new URL(`${apiUrl}/emails`), body, {
    authorization: `Bearer ${apiKey}`,
    // Whatever gets lost on the way, it arrives once. Projects may share an account.
    "idempotency-key": `${projectHost(env)}/${id}/${created_at}`,
  }, sending);
}

function incomplete(missing: string[]): Outcome {
  const names = missing.join(" and ");
  const error = new AppError("delivery_failed", `E-mail is not configured: ${names} missing.`, {
    hint: `Set the secret ${names}, or remove BACKUP_EMAIL_TO.`,
    members: { missing },
  });
  // Nobody would see it otherwise; and to try again does not help.
  return { outcome: "refused", error };
}
