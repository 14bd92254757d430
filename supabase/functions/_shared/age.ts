import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from "age-encryption";
import { emptyPayloadSize, hasNativeCipher, headerSize, openPayload, sealPayload } from "./age_payload.ts";
import type { Bytes } from "./bytes.ts";
import { AppError } from "./errors.ts";

/**
 * age (age-encryption.org/v1), one part at a time. To encrypt, only the public
 * recipients are needed; several of each allow keys to be rotated.
 */
export type Encrypt = (clear: Uint8Array) => Promise<Bytes>;
export type Decrypt = (encrypted: Uint8Array) => Promise<Bytes>;

/** From BACKUP_AGE_RECIPIENTS; says which entry is wrong, by its position. */
export async function createEncrypt(recipients: string): Promise<Encrypt> {
  const list = entries(recipients);
  if (list.length === 0) {
    throw new AppError("recipients_missing", "The secret BACKUP_AGE_RECIPIENTS is not set.", {
      hint: "Make a key pair (deno task keys) and set the secret to its public half, age1….",
    });
  }
  const encrypter = new Encrypter();
  for (const [index, recipient] of list.entries()) {
    try {
      encrypter.addRecipient(recipient);
    } catch (cause) {
      throw recipientsInvalid(index, list.length, recipient, cause);
    }
  }
  try {
    // Some faults show only when a recipient is used.
    await encrypter.encrypt(new Uint8Array());
  } catch (cause) {
    throw new AppError("recipients_invalid", "BACKUP_AGE_RECIPIENTS cannot be encrypted to.", { cause });
  }
  return hasNativeCipher()
    ? (clear) => encryptNatively(list, clear)
    : async (clear) => owned(await encrypter.encrypt(clear));
}

/** The library makes the header, keys and all; the runtime's cipher does the bulk. */
async function encryptNatively(recipients: string[], clear: Uint8Array): Promise<Bytes> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  let fileKey = new Uint8Array();
  // A recipient that adds nothing to the header: it is only told the key of this one file.
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = key.slice();
      return [];
    },
  });
  const empty = await encrypter.encrypt(new Uint8Array());
  return sealPayload(empty.subarray(0, -emptyPayloadSize), fileKey, clear);
}

/** From BACKUP_AGE_IDENTITY; null when there is none. */
export function createDecrypt(identities: string): Decrypt | null {
  const list = entries(identities);
  if (list.length === 0) return null;
  const decrypter = new Decrypter();
  for (const [index, identity] of list.entries()) {
    try {
      decrypter.addIdentity(identity);
    } catch {
      // The cause is left out: its text may hold the key.
      throw new AppError(
        "identity_invalid",
        `Entry ${index + 1} of the secret BACKUP_AGE_IDENTITY is not an age identity.`,
        { hint: "An identity begins with AGE-SECRET-KEY-1 (see deno task keys)." },
      );
    }
  }
  return async (encrypted) => {
    try {
      return hasNativeCipher()
        ? await decryptNatively(decrypter, encrypted)
        : owned(await decrypter.decrypt(encrypted));
    } catch (cause) {
      if (cause instanceof Error && /no identity matched/.test(cause.message)) {
        throw new AppError(
          "identity_mismatch",
          "No key in BACKUP_AGE_IDENTITY can decrypt this backup.",
          { hint: "Add the identity whose recipient the backup was encrypted to.", cause },
        );
      }
      throw new AppError("part_corrupt", "A part of the archive cannot be decrypted.", { cause });
    }
  };
}

/** The library finds the key in the header; the runtime's cipher does the bulk. */
async function decryptNatively(decrypter: Decrypter, encrypted: Uint8Array): Promise<Bytes> {
  const size = headerSize(encrypted);
  const fileKey = await decrypter.decryptHeader(encrypted.subarray(0, size));
  return openPayload(encrypted.subarray(size), fileKey);
}

/** As createDecrypt, where there must be an identity. */
export function requireDecrypt(identities: string): Decrypt {
  const decrypt = createDecrypt(identities);
  if (!decrypt) {
    throw new AppError("identity_missing", "The secret BACKUP_AGE_IDENTITY is not set.", {
      hint: "Set it to read backups in clear, or fetch the encrypted parts (GET …/parts) and use age.",
    });
  }
  return decrypt;
}

/** The recipients by themselves, each once; throws as createEncrypt does, so that no identity in the wrong place is among them. */
export async function listRecipients(recipients: string): Promise<string[]> {
  const list = [...new Set(entries(recipients))];
  if (list.length > 0) await createEncrypt(recipients);
  return list;
}

/** The public halves of the identities, each once; throws as createDecrypt does. */
export async function publicHalves(identities: string): Promise<string[]> {
  createDecrypt(identities);
  return [
    ...new Set(await Promise.all(entries(identities).map((identity) => identityToRecipient(identity)))),
  ];
}

export interface KeyPair {
  identity: string;
  recipient: string;
}

export async function generateKeyPair(): Promise<KeyPair> {
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Lines or lists; the comments of a key file made by age-keygen are skipped. */
function entries(list: string): string[] {
  return list.split("\n")
    .filter((line) => !line.trimStart().startsWith("#"))
    .flatMap((line) => line.split(/[\s,]+/))
    .filter((entry) => entry !== "");
}

function recipientsInvalid(index: number, count: number, recipient: string, cause: unknown): AppError {
  const where = `Entry ${index + 1} of ${count} in the secret BACKUP_AGE_RECIPIENTS`;
  // An easy mistake, and the one that must not end up in a log.
  const isIdentity = /^AGE-SECRET-KEY-/i.test(recipient);
  return new AppError(
    "recipients_invalid",
    isIdentity
      ? `${where} is an identity (the secret half of a key), not a recipient.`
      : `${where} is not an age recipient.`,
    {
      hint: "A recipient begins with age1. The identity belongs into BACKUP_AGE_IDENTITY.",
      cause: isIdentity ? undefined : cause,
    },
  );
}

/** The library says Uint8Array; its buffers are never shared ones. */
function owned(bytes: Uint8Array): Bytes {
  return bytes as Bytes;
}
