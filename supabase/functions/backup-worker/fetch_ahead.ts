import type { Decrypt } from "../_shared/age.ts";
import type { ArchivedText } from "../_shared/answers.ts";
import { readPart } from "../_shared/archive_part.ts";
import type { Bytes } from "../_shared/bytes.ts";
import type { JobContext } from "./worker.ts";

/** A part whose bytes, decrypted and proven, are on their way. */
export interface FetchedPart<Part extends ArchivedText> {
  part: Part;
  zipped: Promise<Bytes>;
}

/**
 * One part after the other, for readers side by side. The next one is fetched while others are being read: one more
 * is in memory than there are readers. Whoever leaves it ends it for the others too.
 */
export async function* fetchAhead<Part extends ArchivedText>(
  { bucket, signal }: JobContext,
  parts: Part[],
  decrypt: Decrypt,
): AsyncGenerator<FetchedPart<Part>> {
  const fetchPart = (part: Part): FetchedPart<Part> => {
    const zipped = readPart({ ...part, path: part.object_path }, bucket, decrypt);
    // A failure is met when its turn comes, or not at all.
    zipped.catch(() => {});
    return { part, zipped };
  };
  let next = parts.length > 0 ? fetchPart(parts[0]) : null;
  for (let index = 1; next; index++) {
    signal.throwIfAborted();
    const due: FetchedPart<Part> = next;
    next = index < parts.length ? fetchPart(parts[index]) : null;
    yield due;
  }
}
