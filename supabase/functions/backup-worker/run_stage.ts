import { requireDecrypt } from "../_shared/age.ts";
import type { Staging } from "../_shared/answers.ts";
import { partCorrupt } from "../_shared/archive_part.ts";
import { sha256 } from "../_shared/sha256.ts";
import { callLong } from "./call_long.ts";
import { failRestore } from "./fail_restore.ts";
import { stageParts } from "./stage_parts.ts";
import { whileHeld } from "./while_held.ts";
import type { JobContext } from "./worker.ts";

/** Brings what is to be restored beside the live data, and compares the two. Live data is not touched. */
export function runStage(context: JobContext): Promise<void> {
  return whileHeld(context, () => stage(context), (error) => failRestore(context, error));
}

async function stage(context: JobContext): Promise<void> {
  const staging = await callLong(context, "begin_staging");
  if (staging.manifest) {
    const decrypt = requireDecrypt(context.env.ageIdentities);
    await proveManifest(context, staging.manifest);
    await stageParts(context, staging.session_statements, decrypt);
  }
  await callLong(context, "compare_restore");
}

/** Whoever has changed the manifest has changed the archive. */
async function proveManifest(
  { bucket }: JobContext,
  { path, sha256: expected }: NonNullable<Staging["manifest"]>,
): Promise<void> {
  const found = await sha256(await bucket.download(path));
  if (found === expected) return;
  throw partCorrupt("manifest.json", "is not what was stored: its sha256 is another", {
    path,
    expected_sha256: expected,
    found_sha256: found,
  });
}
