import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Encrypt } from "../_shared/age.ts";
import { sha256 } from "../_shared/sha256.ts";
import type { CopiedSlice } from "./slice_buffer.ts";

export interface SealOptions {
  encrypt: Encrypt;
  /** 1 to 9. */
  gzipLevel: number;
}

export interface SealedPart {
  /** What goes into the bucket: age(gzip(script)). */
  bytes: Uint8Array<ArrayBuffer>;
  /** As backup.record_part() wants them. */
  facts: {
    row_count: number;
    raw_bytes: number;
    clear_bytes: number;
    stored_bytes: number;
    raw_sha256: string;
    stored_sha256: string;
  };
}

/** Few large chunks instead of many small ones: zlib joins them in the end. */
const gzipChunkSize = 1024 * 1024;

/** A whole gzip member per part: joined in order, the parts are one gzip stream. */
export async function sealPart(slice: CopiedSlice, options: SealOptions): Promise<SealedPart> {
  const [rawHash, clear] = await Promise.all([
    sha256(slice.rows),
    promisify(gzip)(slice.script, { level: options.gzipLevel, chunkSize: gzipChunkSize }),
  ]);
  const bytes = await options.encrypt(clear);
  return {
    bytes,
    facts: {
      row_count: slice.rowCount,
      raw_bytes: slice.rows.length,
      clear_bytes: clear.length,
      stored_bytes: bytes.length,
      raw_sha256: rawHash,
      stored_sha256: await sha256(bytes),
    },
  };
}
