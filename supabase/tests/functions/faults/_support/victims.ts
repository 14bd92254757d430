import { stack } from "../../_support/stack.ts";
import { withWorkerProcess, type WorkerProcess } from "../../backup/_support/worker_process.ts";

/**
 * Workers to be killed, each in a process of its own. The next one starts while the one before is at work: to start
 * takes longer than most of them live.
 */
export async function withVictims(
  work: (next: () => Promise<WorkerProcess>) => Promise<void>,
): Promise<void> {
  const victims = [start()];
  try {
    await work(() => {
      const { worker } = victims.at(-1)!;
      victims.push(start());
      return worker;
    });
  } finally {
    await Promise.all(victims.map(({ end }) => end()));
  }
}

function start(): { worker: Promise<WorkerProcess>; end(): Promise<void> } {
  const { promise: worker, resolve, reject } = Promise.withResolvers<WorkerProcess>();
  const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
  const living = withWorkerProcess(stack.apiUrl, async (process) => {
    resolve(process);
    await isOver;
  });
  // Who waits for the worker hears of a failure; nobody may.
  worker.catch(() => {});
  const ended = living.catch(reject);
  return {
    worker,
    end: async () => {
      end();
      await ended;
    },
  };
}
