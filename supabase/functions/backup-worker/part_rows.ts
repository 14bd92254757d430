import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { ArchivedRows, ArchivedText } from "../_shared/answers.ts";
import { partCorrupt } from "../_shared/archive_part.ts";
import type { AppError } from "../_shared/errors.ts";

/** Of what is unzipped at once: gzip makes at most a thousand times as much of it, before anybody can say stop. */
const pieceSize = 16 * 1024;
const chunkSize = 128 * 1024;
const newline = "\n".charCodeAt(0);

/**
 * The rows of a compressed part, as COPY takes them, while they are unzipped. After the last one either it is
 * proven that these were all and exactly the rows of the backup, or it fails.
 */
export async function* partRows(part: ArchivedRows, zipped: Uint8Array): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let rawBytes = 0;
  let rowCount = 0;
  for await (const rows of between(part, unzip(part, zipped))) {
    rawBytes += rows.length;
    // Nobody reads on who has seen enough.
    if (rawBytes > part.raw_bytes) break;
    rowCount += countLines(rows);
    hash.update(rows);
    yield rows;
  }
  const rawSha256 = hash.digest("hex");
  if (rawBytes === part.raw_bytes && rowCount === part.row_count && rawSha256 === part.raw_sha256) return;
  throw partCorrupt(part.name, "does not hold the rows that were backed up", {
    path: part.object_path,
    expected_rows: part.row_count,
    found_rows: rowCount,
    expected_raw_bytes: part.raw_bytes,
    found_raw_bytes: rawBytes,
    expected_raw_sha256: part.raw_sha256,
    found_raw_sha256: rawSha256,
  });
}

/** Proves a part without rows: every byte of it, where it is known what stands in it. */
export async function proveText(part: ArchivedText, zipped: Uint8Array): Promise<void> {
  const clear = unzip(part, zipped);
  const isKnown = part.prefix !== "" || part.suffix !== "";
  for await (const rest of isKnown ? between(part, clear) : clear) {
    if (!isKnown) continue;
    throw partCorrupt(part.name, "holds more than was written", {
      path: part.object_path,
      found: rest.length,
    });
  }
}

/** Within a row a newline is written as \\n. */
function countLines(rows: Buffer): number {
  let count = 0;
  for (let at = rows.indexOf(newline); at >= 0; at = rows.indexOf(newline, at + 1)) count++;
  return count;
}

/** What stands between the COPY statement that opens the part and the lines that close it. */
async function* between(
  part: ArchivedText,
  clear: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const prefix = Buffer.from(part.prefix);
  const suffix = Buffer.from(part.suffix);
  let prefixRead = 0;
  // As long as the suffix: the last bytes, until others come behind them.
  let last = Buffer.alloc(0);

  for await (const chunk of clear) {
    const size = Math.min(prefix.length - prefixRead, chunk.length);
    const expected = prefix.subarray(prefixRead, prefixRead + size);
    if (!expected.equals(chunk.subarray(0, size))) throw otherText(part, "begin");
    prefixRead += size;

    const unread = chunk.subarray(size);
    const fromLast = Math.max(0, Math.min(last.length, last.length + unread.length - suffix.length));
    const fromChunk = Math.max(0, unread.length - suffix.length);
    if (fromLast > 0) yield last.subarray(0, fromLast);
    if (fromChunk > 0) yield unread.subarray(0, fromChunk);
    last = Buffer.concat([last.subarray(fromLast), unread.subarray(fromChunk)]);
  }
  if (prefixRead < prefix.length) throw otherText(part, "begin");
  if (!last.equals(suffix)) throw otherText(part, "end");
}

function otherText(part: ArchivedText, where: "begin" | "end"): AppError {
  const expected = where === "begin" ? part.prefix : part.suffix;
  return partCorrupt(part.name, `does not ${where} as it was written`, { path: part.object_path, expected });
}

async function* unzip(part: ArchivedText, zipped: Uint8Array): AsyncGenerator<Buffer> {
  const clear = createGunzip({ chunkSize });
  // A failure is met by whoever reads.
  pipeline(pieces(zipped), clear).catch(() => {});
  try {
    yield* clear as AsyncIterable<Buffer>;
  } catch (cause) {
    throw partCorrupt(part.name, "cannot be unzipped", { path: part.object_path }, cause);
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceSize) yield bytes.subarray(from, from + pieceSize);
}
