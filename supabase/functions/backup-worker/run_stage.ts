import { requireDecrypt } from "../_shared/age.ts";
import { callLong } from "./call_long.ts";
import { proveManifest } from "./manifest.ts";
import { stageParts } from "./stage_parts.ts";
import type { JobContext } from "./worker.ts";

/** Brings what is to be restored beside the live data, and compares the two. Live data is not touched. */
export async function runStage(context: JobContext): Promise<void> {
  const staging = await callLong(context, "begin_staging");
  if (staging.manifest) {
    const decrypt = requireDecrypt(context.env.ageIdentities);
    await proveManifest(context, staging.manifest);
    await stageParts(context, staging.session_statements, decrypt);
  }
  await callLong(context, "compare_restore");
}
