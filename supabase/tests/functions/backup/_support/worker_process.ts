import { secret } from "../../_support/api.ts";
import { stack } from "../../_support/stack.ts";
import { eventually } from "./waiting.ts";

const functionsFolder = new URL("../../../../functions/", import.meta.url).pathname;

/** The worker function in a process of its own, for a test to kill. */
export interface WorkerProcess {
  wake(): Promise<void>;
  /** SIGKILL: it cannot say a word. */
  kill(): Promise<void>;
  /** The most memory that it ever had, in MB. */
  peakMemory(): Promise<number>;
}

export async function withWorkerProcess(
  storageUrl: string,
  work: (worker: WorkerProcess) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ["serve", "--host", "127.0.0.1", "--port", String(port), "--no-prompt", "--quiet"],
      ["--allow-net", "--allow-env", "--allow-read", "backup-worker/index.ts"],
    ].flat(),
    cwd: functionsFolder,
    // The project stays the same, wherever it finds the storage.
    env: { SUPABASE_URL: storageUrl, SUPABASE_PUBLIC_URL: stack.apiUrl, LOG_LEVEL: "silent", ...env },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const url = `http://127.0.0.1:${port}/backup-worker`;
  const send = () => fetch(url, { method: "POST", headers: { ...secret } });

  try {
    await eventually("the worker's process answers", async () => {
      const response = await fetch(url).catch(() => null);
      await response?.body?.cancel();
      return response !== null;
    });
    await work({
      async wake() {
        await (await send()).body?.cancel();
      },
      async kill() {
        child.kill("SIGKILL");
        await child.status;
      },
      async peakMemory() {
        const status = await Deno.readTextFile(`/proc/${child.pid}/status`);
        return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)![1]) / 1024;
      },
    });
  } finally {
    try {
      child.kill("SIGKILL");
    } catch {
      // The test did it already.
    }
    await child.status;
  }
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}
