import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { Failure } from "./failure.ts";
import { identify, type Identity, isSame } from "./identity.ts";
import { type Profile, readJson, removeIfThere, writePrivate } from "./profile.ts";

export interface ServiceOptions {
  name: string;
  program: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  uid?: number;
  gid?: number;
  /** Start it again when it ends by itself. */
  restarts: boolean;
  /** The signal that asks it to end in good order. */
  stopSignal: Deno.Signal;
  /** How long it may take to stop before it is killed; 20 seconds where nothing is said. */
  patienceMs?: number;
}

/**
 * One long-running program of the stack. It writes straight into its log file, and runs in a process group of
 * its own, so that Ctrl-C reaches only us and we can stop everything in order.
 */
export class Service {
  readonly log: string;
  #child?: ChildProcess;
  #ended?: Promise<void>;
  #stopping = false;
  #startedAt = 0;
  #failures = 0;

  constructor(readonly at: Profile, readonly options: ServiceOptions) {
    this.log = `${at.logs}/${options.name}.log`;
  }

  start(): void {
    this.#stopping = false;
    const { program, args, env, cwd, uid, gid, name } = this.options;
    const log = openSync(this.log, "a", 0o600);
    const child = spawn(program, args, { env, cwd, uid, gid, detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    this.#child = child;
    this.#startedAt = Date.now();
    this.#ended = new Promise((resolve) => {
      child.once("error", () => resolve());
      child.once("exit", () => resolve());
    });
    this.#ended.then(() => this.#afterEnd());
    if (child.pid) remember(this.at, name, identify(child.pid));
  }

  get isAlive(): boolean {
    return this.#child?.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Waits until `ready` says yes; fails when the program ends before that, or takes too long. */
  async until(ready: () => Promise<boolean>, timeout = 60_000): Promise<void> {
    const deadline = Date.now() + timeout;
    while (!(await ready())) {
      if (!this.isAlive) throw new Failure(`${this.options.name} did not start.`, { log: this.log });
      if (Date.now() > deadline) {
        throw new Failure(`${this.options.name} did not answer within ${timeout / 1000} s.`, {
          log: this.log,
        });
      }
      await pause(150);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const pid = this.#child?.pid;
    if (this.isAlive && pid) {
      signal(pid, this.options.stopSignal);
      const patience = setTimeout(() => signal(pid, "SIGKILL"), this.options.patienceMs ?? 20_000);
      await this.#ended;
      clearTimeout(patience);
    }
    forget(this.at, this.options.name);
  }

  async #afterEnd(): Promise<void> {
    if (this.#stopping || !this.options.restarts || this.#child?.pid === undefined) return;
    // What ran for a while is started again at once; what cannot run at all, ever more rarely.
    if (Date.now() - this.#startedAt > 60_000) this.#failures = 0;
    await pause(Math.min(500 * 2 ** this.#failures++, 30_000));
    if (!this.#stopping) this.start();
  }
}

/** Ends programs that an earlier, killed run left behind. Returns their names. */
export async function stopLeftovers(at: Profile): Promise<string[]> {
  const left = Object.entries(readChildren(at)).filter(([, identity]) => isSame(identity));
  for (const [name, { pid }] of left) signal(pid, name === "postgres" ? "SIGINT" : "SIGTERM");
  for (const [name, identity] of left) {
    for (let waited = 0; isSame(identity); waited += 200) {
      if (waited > 20_000) {
        throw new Failure(`${name} of an earlier run (process ${identity.pid}) does not end.`);
      }
      await pause(200);
    }
  }
  removeIfThere(childrenFile(at));
  return left.map(([name]) => name);
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function signal(pid: number, name: Deno.Signal): void {
  try {
    Deno.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** The programs of a stack that run now, by name. */
export const readChildren = (at: Profile) => readJson<Children>(childrenFile(at)) ?? {};

type Children = Record<string, Identity>;

const childrenFile = (at: Profile) => `${at.folder}/children.json`;

function remember(at: Profile, name: string, identity: Identity): void {
  writePrivate(childrenFile(at), JSON.stringify({ ...readChildren(at), [name]: identity }, null, 2));
}

function forget(at: Profile, name: string): void {
  const { [name]: _gone, ...others } = readChildren(at);
  writePrivate(childrenFile(at), JSON.stringify(others, null, 2));
}
