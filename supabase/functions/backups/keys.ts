import type { z } from "@hono/zod-openapi";
import { createDecrypt, createEncrypt, listRecipients, publicHalves } from "../_shared/age.ts";
import type { Env } from "../_shared/env.ts";
import { AppError } from "../_shared/errors.ts";
import type { HealthCheck, HealthReport } from "../_shared/health_schemas.ts";
import type { Services } from "../_shared/services.ts";

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

/** The public keys, and whether what is encrypted now can be read here: a backup is encrypted to every recipient. */
export async function configuredKeys(env: Pick<Env, "ageRecipients" | "ageIdentities">) {
  const recipients = await listRecipients(env.ageRecipients);
  const halves = await publicHalves(env.ageIdentities);
  return {
    recipients,
    identities: halves.map((recipient) => ({ recipient })),
    can_read: halves.some((recipient) => recipients.includes(recipient)),
  };
}

/** Is there an identity for this object? Which recipients it has, age tells nobody: so it is tried. Null: nobody knows. */
export async function canOpen(
  path: string,
  { bucket, env }: Pick<Services, "bucket" | "env">,
): Promise<boolean | null> {
  const decrypt = createDecrypt(env.ageIdentities);
  if (!decrypt) return false;
  try {
    await decrypt(await bucket.download(path));
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "identity_mismatch") return false;
    // What is wrong with the storage or the archive, others say.
    if (storageFaults.has(error.code)) return null;
    throw error;
  }
}

const storageFaults = new Set(["part_missing", "part_corrupt", "storage_unavailable", "storage_refused"]);
