import { freePort } from "../stack/ports.ts";
import { functionsFolder } from "../stack/profile.ts";
import { functionEnvironment } from "../stack/functions.ts";
import { inherited } from "../stack/lite.ts";
import { pause } from "../stack/service.ts";
import type { Stack } from "../stack/stack.ts";
import type { FaultyStorage } from "./faulty_storage.ts";
import { within } from "./within.ts";

/**
 * A second worker beside the stack's, to be killed as often as one likes: the stack starts what dies often ever more
 * rarely, as any supervisor does.
 */
export class ExtraWorker {
  #child: Deno.ChildProcess;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #port = freePort(0);

  private constructor(readonly stack: Stack, readonly storage: FaultyStorage) {
    this.#child = this.#spawn();
  }

  static async start(stack: Stack, storage: FaultyStorage): Promise<ExtraWorker> {
    const worker = new ExtraWorker(stack, storage);
    await worker.#untilItAnswers();
    return worker;
  }

  /** One after the other: who kills it while somebody starts it would start two, and know of one. */
  alone(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** SIGKILL: it cannot say a word. */
  async kill(): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await within(10, "the end of a worker that was killed", this.#child.status);
  }

  async restart(): Promise<void> {
    this.#child = this.#spawn();
    await this.#untilItAnswers();
  }

  async wake(): Promise<void> {
    const headers = { apikey: this.stack.secrets.secretKey };
    const signal = AbortSignal.timeout(5000);
    const woken = await fetch(this.#url, { method: "POST", headers, signal }).catch(() => null);
    await woken?.body?.cancel();
  }

  get #url(): string {
    return `http://127.0.0.1:${this.#port}/backup-worker`;
  }

  #spawn(): Deno.ChildProcess {
    const { ports, secrets, keys, cluster } = this.stack;
    return new Deno.Command(Deno.execPath(), {
      args: [
        ["serve", "--host", "127.0.0.1", "--port", String(this.#port), "--no-prompt", "--quiet"],
        ["--allow-net", "--allow-env", "--allow-read", "backup-worker/index.ts"],
      ].flat(),
      cwd: functionsFolder,
      clearEnv: true,
      env: {
        ...inherited(),
        ...functionEnvironment(ports, secrets, keys, cluster.project),
        ...this.storage.environment(ports),
        LOG_LEVEL: "error",
      },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
  }

  async #untilItAnswers(): Promise<void> {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
      const response = await fetch(this.#url, { signal: AbortSignal.timeout(5000) }).catch(() => null);
      await response?.body?.cancel();
      if (response) return;
      await pause(100);
    }
    throw new Error("The extra worker does not answer.");
  }
}
