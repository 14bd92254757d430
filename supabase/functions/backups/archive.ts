import type { z } from "@hono/zod-openapi";
import type { Decrypt } from "../_shared/age.ts";
import { readPart } from "../_shared/archive_part.ts";
import { AppError } from "../_shared/errors.ts";
import type { Download } from "../_shared/schemas.ts";
import type { Bucket } from "../_shared/storage.ts";

type Archive = z.infer<typeof Download>;

export interface ReadOptions {
  bucket: Bucket;
  decrypt: Decrypt;
  /** The stream broke: the answer had begun, so only a log can tell. */
  onFailure: (error: unknown) => void;
}

/**
 * The clear .sql.gz of an archive: its parts in order, decrypted. Each part is
 * proven by its sha256 before a byte of it goes out; the next one is fetched
 * while one is being read, so two are in memory at most.
 *
 * The first part is read before the promise resolves: what is wrong from the
 * start (no such object, wrong key) can then still be an ordinary error answer.
 * What goes wrong later breaks the stream, and with it the connection: nobody
 * takes half an archive for a whole one.
 */
export async function readArchive(
  archive: Archive,
  options: ReadOptions,
): Promise<ReadableStream<Uint8Array>> {
  const { bucket, decrypt, onFailure } = options;
  const parts = archive.parts.values();
  let left = archive.size;

  function fetchNext(): Promise<Uint8Array> | null {
    const { value: part } = parts.next();
    if (!part) return null;
    const reading = readPart(part, bucket, decrypt);
    // A failure is met when its turn comes, not before.
    reading.catch(() => {});
    return reading;
  }

  const first = fetchNext();
  await first;
  let upcoming = first;

  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const current = upcoming;
        if (!current) {
          if (left !== 0) throw corrupt(`The archive is ${left} bytes shorter than it should be.`);
          return controller.close();
        }
        const clear = await current;
        left -= clear.byteLength;
        if (left < 0) throw corrupt(`The archive is ${-left} bytes longer than it should be.`);
        upcoming = fetchNext();
        controller.enqueue(clear);
      } catch (error) {
        onFailure(error);
        controller.error(error);
      }
    },
    cancel() {
      upcoming = null;
    },
  }, { highWaterMark: 0 });
}

function corrupt(message: string): AppError {
  return new AppError("part_corrupt", message, {
    hint: "The archive was changed or damaged in the bucket. Use another backup.",
  });
}
