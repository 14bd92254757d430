import { Failure } from "../stack/failure.ts";
import { answers } from "../stack/lite.ts";
import { pause, readChildren } from "../stack/service.ts";
import type { Stack } from "../stack/stack.ts";

const workerName = "backup-worker";

/** Ends the worker's process, waits until the stack has started another one, and returns its id. */
export async function freshWorker({ at, ports }: Stack): Promise<number> {
  const processId = () => readChildren(at)[workerName]?.pid;
  const old = processId();
  if (old === undefined) throw new Failure("The worker does not run.");
  Deno.kill(old, "SIGTERM");
  const deadline = Date.now() + 60_000;
  for (;;) {
    const now = processId();
    if (
      now !== undefined && now !== old && await answers(`http://127.0.0.1:${ports.functions[workerName]}/`)
    ) {
      return now;
    }
    if (Date.now() > deadline) throw new Failure("The worker did not start again within a minute.");
    await pause(200);
  }
}

/** The process of a part of the stack. */
export const processOf = ({ at }: Stack, name: string): number | undefined => readChildren(at)[name]?.pid;
