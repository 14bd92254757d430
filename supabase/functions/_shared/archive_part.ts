import type { Decrypt } from "./age.ts";
import type { Bytes } from "./bytes.ts";
import { AppError } from "./errors.ts";
import { release } from "./release.ts";
import { sha256 } from "./sha256.ts";
import type { Bucket } from "./storage.ts";

/** A part as the catalogue describes it. */
export interface StoredPart {
  name: string;
  path: string;
  stored_bytes: number;
  stored_sha256: string;
}

/** A part of an archive, decrypted (still gzip). It is proven by its sha256 before it is looked into. */
export async function readPart(part: StoredPart, bucket: Bucket, decrypt: Decrypt): Promise<Bytes> {
  const stored = await bucket.download(part.path);
  const found = await sha256(stored);
  if (found !== part.stored_sha256) {
    throw partCorrupt(part.name, "is not what was stored: its sha256 is another", {
      path: part.path,
      expected_sha256: part.stored_sha256,
      found_sha256: found,
      expected_bytes: part.stored_bytes,
      found_bytes: stored.byteLength,
    });
  }
  try {
    return await decrypt(stored);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "part_corrupt") throw error;
    throw partCorrupt(part.name, "cannot be decrypted", { path: part.path }, error.cause);
  } finally {
    release(stored);
  }
}

export function partCorrupt(
  name: string,
  fault: string,
  members: Record<string, unknown> = {},
  cause?: unknown,
): AppError {
  return new AppError("part_corrupt", `Part ${name} of the archive ${fault}.`, {
    hint: "The archive was changed or damaged in the bucket. Use another backup.",
    members: { part: name, ...members },
    cause,
  });
}
