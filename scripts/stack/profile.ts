import { fileURLToPath } from "node:url";
import { freePort } from "./ports.ts";
import { identify, type Identity, isSame } from "./identity.ts";

/**
 * Stacks can run side by side: the one people use, the two that the tests use, the one that is measured, the one of
 * tests that destroy it or leave it alone, the one of chaos, and the one of the guide's pictures.
 */
export type ProfileName = "dev" | "test" | "test-2" | "bench" | "alone" | "chaos" | "screens";

/** Where one stack keeps its things. All of it may be deleted when it does not run. */
export interface Profile {
  name: ProfileName;
  folder: string;
  logs: string;
}

export interface Ports {
  gateway: number;
  db: number;
  lite: number;
  functions: Record<string, number>;
}

/** What a running stack writes down, so that other commands find it. */
export interface StackRecord {
  owner: Identity;
  state: "starting" | "running";
  ports: Ports;
}

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
export const functionsFolder = `${root}/supabase/functions`;

export function profile(name: ProfileName): Profile {
  const folder = `${root}/.stack/${name}`;
  return { name, folder, logs: `${folder}/log` };
}

/** The usual ports of a profile, each replaced by a free one where something else listens. */
export function choosePorts(name: ProfileName, functions: string[]): Ports {
  const base = {
    dev: 54320,
    test: 54420,
    "test-2": 54460,
    bench: 54520,
    alone: 54620,
    chaos: 54720,
    screens: 54820,
  }[name];
  const taken = new Set<number>();
  const choose = (preferred: number) => {
    const port = freePort(preferred, taken);
    taken.add(port);
    return port;
  };
  return {
    gateway: choose(base + 1),
    db: choose(base + 2),
    lite: choose(base + 5),
    functions: Object.fromEntries(functions.map((fn, i) => [fn, choose(base + 6 + i)])),
  };
}

/** The functions of the project: each folder with an index.ts; `_shared` is not one. */
export function functionNames(): string[] {
  try {
    return [...Deno.readDirSync(functionsFolder)]
      .filter((entry) => entry.isDirectory && !entry.name.startsWith("_"))
      .filter((entry) => hasIndex(entry.name))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** The record of a stack that runs now; of one that was killed, nothing. */
export function runningStack(name: ProfileName): StackRecord | undefined {
  const record = readJson<StackRecord>(recordFile(profile(name)));
  return record && isSame(record.owner) ? record : undefined;
}

export function recordStack(at: Profile, state: StackRecord["state"], ports: Ports): void {
  writePrivate(recordFile(at), JSON.stringify({ owner: identify(Deno.pid), state, ports }, null, 2));
}

export function forgetStack(at: Profile): void {
  removeIfThere(recordFile(at));
}

const recordFile = (at: Profile) => `${at.folder}/stack.json`;

export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(file)) as T;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Writes a file that nobody else on this machine may read. */
export function writePrivate(file: string, text: string): void {
  const draft = `${file}.${Deno.pid}.new`;
  Deno.writeTextFileSync(draft, text, { mode: 0o600 });
  Deno.renameSync(draft, file);
}

export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function hasIndex(name: string): boolean {
  try {
    return Deno.statSync(`${functionsFolder}/${name}/index.ts`).isFile;
  } catch {
    return false;
  }
}
