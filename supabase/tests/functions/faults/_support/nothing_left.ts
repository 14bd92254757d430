import assert from "node:assert/strict";
import { brokenPromises, unfinished } from "../../../../../scripts/chaos/promises.ts";
import { sql, stack } from "../../_support/stack.ts";
import { wakeStack } from "../../backup/_support/own_worker.ts";
import { eventually, pause } from "../../backup/_support/waiting.ts";

export const watched = { sql, apiUrl: stack.apiUrl, secretKey: stack.secretKey };

/**
 * Whatever has happened: once nobody is at work, every archive is whole, no restore is half done, no job is stuck, no
 * object belongs to nobody, no lock is held. Pauses between attempts are cut short.
 */
export async function assertNothingLeft(): Promise<void> {
  await eventually("every job ends", async () => {
    await sql`update backup.jobs set run_after = now() where status = 'queued' and run_after > now()`;
    const left = await unfinished(watched);
    if (left.length > 0) await wakeStack();
    return left.length === 0;
  }, 60);
  // A session that was killed, and what it held, is gone a moment later; a drill that the sweep has begun meanwhile ends.
  for (let looks = 0; looks < 300 && (await brokenPromises(watched)).length > 0; looks++) await pause(100);
  assert.deepEqual(await brokenPromises(watched), []);
}
