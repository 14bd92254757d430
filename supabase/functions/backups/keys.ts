import type { z } from "@hono/zod-openapi";
import { createDecrypt, createEncrypt } from "../_shared/age.ts";
import type { Env } from "../_shared/env.ts";
import { AppError } from "../_shared/errors.ts";
import type { HealthCheck, HealthReport } from "../_shared/health_schemas.ts";

export interface KeysReport {
  check: z.infer<typeof HealthCheck>;
  keys: z.infer<typeof HealthReport>["keys"];
}

/**
 * Can backups be encrypted, and read? An identity that is kept elsewhere is no fault: backups are made without it, and
 * that no drill passes is another check's to say.
 */
export async function checkKeys(env: Pick<Env, "ageRecipients" | "ageIdentities">): Promise<KeysReport> {
  const recipients = await faultOf(() => createEncrypt(env.ageRecipients));
  const identity = env.ageIdentities === "" ? null : await faultOf(() => createDecrypt(env.ageIdentities));
  const fault = recipients ?? identity;
  const keys = { recipients: recipients === null, identity: env.ageIdentities !== "" && identity === null };
  const message = fault?.message ??
    (keys.identity
      ? "Backups can be encrypted, and read."
      : "Backups can be encrypted; without an identity they cannot be read here.");
  return { check: { name: "keys", status: fault ? "failing" : "ok", message }, keys };
}

/** Its text is for people and names no key. */
async function faultOf(use: () => unknown): Promise<AppError | null> {
  try {
    await use();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
