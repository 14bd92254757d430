import { generateIdentity, identityToRecipient } from "age-encryption";
import { exists } from "./command.ts";
import { type Profile, readJson, writePrivate } from "./profile.ts";

/** Made once for each data folder; the file is readable by its owner only. */
export interface Secrets {
  superuserPassword: string;
  databasePassword: string;
  servicesPassword: string;
  jwtSecret: string;
  jwtKeyId: string;
  publishableKey: string;
  secretKey: string;
}

export interface AgeKeys {
  file: string;
  identity: string;
  recipient: string;
}

export function secretsOf(at: Profile): Secrets {
  const file = `${at.folder}/secrets.json`;
  const kept = readJson<Secrets>(file);
  if (kept) return kept;
  const made: Secrets = {
    superuserPassword: random(24),
    databasePassword: random(24),
    servicesPassword: random(24),
    jwtSecret: random(48),
    jwtKeyId: crypto.randomUUID(),
    publishableKey: `sb_publishable_${random(24)}`,
    secretKey: `sb_secret_${random(24)}`,
  };
  writePrivate(file, JSON.stringify(made, null, 2));
  return made;
}

/** The local key pair. It outlives `start --fresh`: archives made with it may be kept elsewhere. */
export async function ageKeysOf(at: Profile): Promise<AgeKeys> {
  const file = `${at.folder}/age-key.txt`;
  if (!exists(file)) writePrivate(file, (await makeAgeKeys()).text);
  const identity = Deno.readTextFileSync(file).split("\n").find((line) =>
    line.startsWith("AGE-SECRET-KEY-")
  )!;
  return { file, identity, recipient: await identityToRecipient(identity) };
}

/** A new key pair, and its text as age-keygen writes it. */
export async function makeAgeKeys(): Promise<{ text: string; identity: string; recipient: string }> {
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  const created = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  return { identity, recipient, text: `# created: ${created}\n# public key: ${recipient}\n${identity}\n` };
}

function random(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
