import { profile } from "../../../../../scripts/stack/profile.ts";
import { readChildren } from "../../../../../scripts/stack/service.ts";

/** The id of a program of the stack that the tests run on. */
export function processOf(name: "backup-worker" | "postgres" | "lite"): number {
  const child = readChildren(profile("test"))[name];
  if (!child) throw new Error(`${name} does not run`);
  return child.pid;
}

/** While the work lasts, the stack's worker stands still, so that every job is for workers of the test's own. */
export async function withoutStackWorker(work: () => Promise<void>): Promise<void> {
  const pid = processOf("backup-worker");
  Deno.kill(pid, "SIGSTOP");
  try {
    await work();
  } finally {
    Deno.kill(pid, "SIGCONT");
  }
}
