import { Failure } from "./failure.ts";
import { interruption } from "./interruption.ts";
import { removeCluster } from "./postgres.ts";
import { type Profile, profile, type ProfileName, removeIfThere, runningStack } from "./profile.ts";
import { bringUp, type Stack, type StackOptions } from "./stack.ts";

/** Brings up a stack for this work only; however it ends, the stack is stopped and its data is deleted. */
export async function withScratchStack<T>(
  name: ProfileName,
  work: (stack: Stack, signal: AbortSignal) => Promise<T>,
  options: Omit<StackOptions, "fresh" | "signal"> = {},
): Promise<T> {
  const other = runningStack(name);
  if (other) throw new Failure(`Another stack “${name}” runs already (process ${other.owner.pid}).`);
  const at = profile(name);
  const signal = interruption();
  let logsAreWanted = true;
  try {
    const stack = await bringUp(name, { ...options, fresh: true, signal });
    try {
      const result = await Promise.race([work(stack, signal), untilInterrupted(signal)]);
      logsAreWanted = false;
      return result;
    } finally {
      await stack.stop();
    }
  } finally {
    await discard(at, logsAreWanted && !signal.aborted);
  }
}

function untilInterrupted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function discard(at: Profile, keepLogs: boolean): Promise<void> {
  await removeCluster(at);
  if (!keepLogs) return removeIfThere(at.folder);
  for (const { name } of Deno.readDirSync(at.folder)) {
    if (`${at.folder}/${name}` !== at.logs) removeIfThere(`${at.folder}/${name}`);
  }
}
