import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Bytes } from "./bytes.ts";

/** Of the age format: STREAM over ChaCha20-Poly1305, https://age-encryption.org/v1 ("Payload"). */
const cipher = "chacha20-poly1305";
const nonceSize = 16;
const chunkSize = 64 * 1024;
const tagSize = 16;

/** What an age file of nothing has behind its header: the nonce, and one chunk that is only a tag. */
export const emptyPayloadSize = nonceSize + tagSize;

/** A header is lines of text; the last one begins with three dashes. */
export function headerSize(file: Uint8Array): number {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const lastLine = bytes.indexOf("\n--- ") + 1;
  const end = bytes.indexOf("\n", lastLine) + 1;
  if (lastLine === 0 || end === 0) throw new Error("there is no header");
  return end;
}

/** Whether this runtime has the cipher; the hosted platform's has not. */
export function hasNativeCipher(): boolean {
  try {
    createCipheriv(cipher, Buffer.alloc(32), Buffer.alloc(12), { authTagLength: tagSize });
    return true;
  } catch {
    return false;
  }
}

/**
 * An age file of a header and what it is to hold: five times as fast as the same in JavaScript, and without a copy
 * of every chunk. The file key must be the one of the header, and must never be used twice.
 */
export function sealPayload(header: Uint8Array, fileKey: Uint8Array, clear: Uint8Array): Bytes {
  const chunkCount = Math.max(1, Math.ceil(clear.length / chunkSize));
  const file = new Uint8Array(header.length + nonceSize + clear.length + chunkCount * tagSize);
  const nonce = randomBytes(nonceSize);
  const key = payloadKey(fileKey, nonce);
  file.set(header);
  file.set(nonce, header.length);

  let at = header.length + nonceSize;
  for (let index = 0; index < chunkCount; index++) {
    const chunk = clear.subarray(index * chunkSize, (index + 1) * chunkSize);
    const sealing = createCipheriv(cipher, key, chunkNonce(index, index === chunkCount - 1), {
      authTagLength: tagSize,
    });
    const sealed = sealing.update(chunk);
    sealing.final();
    file.set(sealed, at);
    file.set(sealing.getAuthTag(), at + sealed.length);
    at += sealed.length + tagSize;
  }
  return file;
}

/** What is behind the header of an age file, in clear; all of it is proven before any of it is given. */
export function openPayload(payload: Uint8Array, fileKey: Uint8Array): Bytes {
  const sealed = payload.subarray(nonceSize);
  const chunkCount = Math.ceil(sealed.length / (chunkSize + tagSize));
  const size = sealed.length - chunkCount * tagSize;
  // The last chunk holds something, unless it is the only one.
  if (chunkCount === 0 || size < 0 || chunkCount > 1 && size <= (chunkCount - 1) * chunkSize) {
    throw new Error("the payload is cut short");
  }
  const clear = new Uint8Array(size);
  const key = payloadKey(fileKey, payload.subarray(0, nonceSize));

  for (let index = 0; index < chunkCount; index++) {
    const chunk = sealed.subarray(index * (chunkSize + tagSize), (index + 1) * (chunkSize + tagSize));
    const opening = createDecipheriv(cipher, key, chunkNonce(index, index === chunkCount - 1), {
      authTagLength: tagSize,
    });
    opening.setAuthTag(chunk.subarray(-tagSize));
    clear.set(opening.update(chunk.subarray(0, -tagSize)), index * chunkSize);
    opening.final();
  }
  return clear;
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", fileKey, nonce, "payload", 32));
}

/** A counter of eleven bytes, and one that marks the last chunk. */
function chunkNonce(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
