import { partCorrupt } from "../_shared/archive_part.ts";
import { sha256 } from "../_shared/sha256.ts";
import type { JobContext } from "./worker.ts";

/** Whoever has changed the manifest has changed the archive. */
export async function proveManifest(
  { bucket }: JobContext,
  { path, sha256: expected }: { path: string; sha256: string },
): Promise<void> {
  const found = await sha256(await bucket.download(path));
  if (found === expected) return;
  throw partCorrupt("manifest.json", "is not what was stored: its sha256 is another", {
    path,
    expected_sha256: expected,
    found_sha256: found,
  });
}
