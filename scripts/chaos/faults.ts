import { Random } from "../../supabase/tests/functions/restore/_support/random.ts";
import { pause, readChildren } from "../stack/service.ts";
import type { Arena } from "./arena.ts";
import { misbehaviours } from "./faulty_storage.ts";

/** Processes die, connections end, the storage misbehaves, somebody holds a lock, clocks jump. */
export async function injectFaults(arena: Arena, seed: number, until: number): Promise<void> {
  const random = new Random(seed);
  const names = Object.keys(faults).flatMap((name) => Array<string>(weights[name] ?? 1).fill(name));
  while (Date.now() < until) {
    await pause(300 + random.below(2500));
    if (Date.now() >= until) break;
    const name = random.pick(names);
    const what = await faults[name](arena, random, until).catch((error: Error) =>
      `could not: ${error.message}`
    );
    arena.journal.note(`fault: ${name}`, what ?? "");
  }
}

type Fault = (arena: Arena, random: Random, until: number) => Promise<string | void>;

const weights: Record<string, number> = { "storage": 5, "a worker is killed": 5, "a connection is ended": 6 };

const faults: Record<string, Fault> = {
  "a worker is killed": ({ worker }, random) =>
    worker.alone(async () => {
      await worker.wake();
      await pause(random.below(800));
      await worker.kill();
      await pause(random.below(500));
      await worker.restart();
      await worker.wake();
    }),
  "the stack's worker is killed": async ({ stack }) => {
    kill(readChildren(stack.at)["backup-worker"]?.pid, "SIGKILL");
    await pause(100);
  },
  "a worker hangs": async ({ stack }, random) => {
    // Longer than its lease: another one takes over, and this one must notice.
    const pid = readChildren(stack.at)["backup-worker"]?.pid;
    kill(pid, "SIGSTOP");
    await pause(2000 + random.below(9000));
    kill(pid, "SIGCONT");
  },
  "a connection is ended": async ({ sql }, random) => {
    const sessions = await sql`
      select pid, application_name from pg_stat_activity
      where datname = current_database() and starts_with(application_name, 'backup')`;
    if (sessions.length === 0) return;
    const { pid, application_name } = random.pick(sessions);
    await sql`select pg_terminate_backend(${pid})`;
    return application_name;
  },
  "the server crashes": async ({ stack }) => {
    kill(readChildren(stack.at).postgres?.pid, "SIGQUIT");
    await pause(1500);
  },
  "storage": async ({ storage }, random) => {
    const kind = random.pick(misbehaviours);
    const oneOf = 1 + random.below(6);
    storage.misbehave(kind, oneOf);
    await pause(500 + random.below(5000));
    storage.behave();
    return `${kind}, one call of ${oneOf}`;
  },
  "somebody holds a lock": async (arena, random) => {
    const table = random.pick(["profiles", "events", "jobs", "chaos_left"]);
    const mode = random.pick(["access exclusive", "row exclusive", "share"]);
    await arena.hold(`lock table public.${table} in ${mode} mode`, 500 + random.below(4000));
    return `${mode} on ${table}`;
  },
  "a clock was ahead": async ({ sql }) => {
    // As if every time that is stored had been taken from a clock that has been put back by a day since.
    await sql`update backup.jobs set run_after = run_after + interval '1 day' where status = 'queued'`;
    await sql`update backup.jobs set lease_expires_at = lease_expires_at + interval '1 day' where status = 'running'`;
    await sql`update backup.chores set last_run_at = last_run_at + interval '1 day' where isfinite(last_run_at)`;
  },
  "leases run out": async ({ sql }) => {
    await sql`update backup.jobs set lease_expires_at = now() where status = 'running'`;
  },
};

function kill(pid: number | undefined, signal: Deno.Signal): void {
  if (pid === undefined) return;
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
