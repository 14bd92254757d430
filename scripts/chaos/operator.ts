import { Random } from "../../supabase/tests/functions/restore/_support/random.ts";
import { Failure } from "../stack/failure.ts";
import { pause } from "../stack/service.ts";
import type { Answer, Arena } from "./arena.ts";

/** Somebody who asks for whatever there is, sensible or not. */
export async function operate(arena: Arena, seed: number, until: number): Promise<void> {
  const random = new Random(seed);
  const wishes = Object.keys(requests).flatMap((name) => Array<string>(weights[name] ?? 1).fill(name));
  while (Date.now() < until) {
    const name = random.pick(wishes);
    const answer = await requests[name](arena, random);
    if (answer) judge(arena, name, answer);
    await pause(random.below(500));
  }
}

interface Answered {
  status: number;
  body: Answer;
}

/** An answer may be a refusal; but never “something went wrong on our side”. */
function judge({ journal }: Arena, name: string, { status, body }: Answered): void {
  const code = body?.code ?? "";
  const about = body?.restoreId ?? body?.backupId ?? body?.job?.id ?? "";
  journal.note(`asked: ${name}: ${status}${code && ` ${code}`}`, about);
  // Nobody here kills the function that answers; it must outlive whatever happens around it.
  if (status === 500 || code === "internal" || code === "BOOT_ERROR") {
    throw new Failure(`${name} was answered by ${status}: ${JSON.stringify(body)}`);
  }
}

type Request = (arena: Arena, random: Random) => Promise<Answered | undefined>;

const weights: Record<string, number> = { backup: 6, restore: 5, "preview and apply": 4, drill: 3, list: 2 };

const requests: Record<string, Request> = {
  backup: (arena, random) =>
    arena.ask(
      "POST",
      "/create",
      random.once(3) ? { tables: [random.pick(["profiles", "events", "jobs"])] } : {},
    ),
  restore: async (arena, random) => {
    const backup = await wholeBackup(arena, random);
    // Both tables of the accounts or none: a choice of one of them would be a half that somebody asked for.
    const body = { skip_preview: true, ...(random.once(3) ? { tables: ["events", "jobs"] } : {}) };
    return backup && await arena.ask("POST", `/${backup.id}/restore`, body);
  },
  "preview and apply": async (arena, random) => {
    const backup = await wholeBackup(arena, random);
    const asked = backup && await arena.ask("POST", `/${backup.id}/preview`, {});
    if (asked?.status !== 202) return asked;
    const id = asked.body.restoreId;
    for (const deadline = Date.now() + 5000; Date.now() < deadline;) {
      await pause(250);
      const restore = (await arena.ask("GET", `/restores/${id}`))?.body?.restore;
      if (!restore || restore.status === "queued" || restore.status === "staging") continue;
      if (restore.status !== "previewed") break;
      const consents = Object.fromEntries(restore.preview.needs.map((need: string) => [need, true]));
      return await arena.ask("POST", `/${backup.id}/restore`, { restore_id: id, ...consents });
    }
    return await arena.ask("DELETE", `/restores/${id}`);
  },
  undo: async (arena, random) => {
    const { restores = [] } = (await arena.ask("GET", "/restores?limit=20"))?.body ?? {};
    const done = restores.filter(({ can_undo }: Answer) => can_undo);
    return done.length > 0
      ? await arena.ask("POST", `/restores/${random.pick<Answer>(done).id}/undo`, {})
      : undefined;
  },
  discard: async (arena, random) => {
    const { restores = [] } = (await arena.ask("GET", "/restores?limit=20"))?.body ?? {};
    return restores.length > 0
      ? await arena.ask("DELETE", `/restores/${random.pick<Answer>(restores).id}`)
      : undefined;
  },
  drill: async (arena, random) => {
    const backup = await anyBackup(arena, random);
    return backup && await arena.ask("POST", `/${backup.id}/verify`);
  },
  cancel: async (arena, random) => {
    const backup = await anyBackup(arena, random, "");
    return backup && await arena.ask("POST", `/${backup.id}/cancel`);
  },
  delete: async (arena, random) => {
    const backup = await anyBackup(arena, random, "");
    // What is known of it is worth more than that it can be deleted.
    return backup && !arena.known.has(backup.id) ? await arena.ask("DELETE", `/${backup.id}`) : undefined;
  },
  pin: async (arena, random) => {
    const backup = await anyBackup(arena, random);
    return backup && await arena.ask("PATCH", `/${backup.id}`, { is_pinned: arena.known.has(backup.id) });
  },
  download: async (arena, random) => {
    const backup = await anyBackup(arena, random);
    return backup && await arena.ask("GET", `/${backup.id}`);
  },
  "retention rules": (arena, random) =>
    arena.ask("PUT", "/retention", { keep_last: 1 + random.below(4), keep_monthly: random.below(2) }),
  "retention preview": (arena) => arena.ask("GET", "/retention/preview?keep_last=1"),
  schedule: (arena, random) => {
    const time = new Date(Date.now() + 60_000).toISOString().slice(11, 16);
    return arena.ask("PUT", "/schedules", {
      daily: { is_enabled: !random.once(3), time, keep: 1 + random.below(3) },
    });
  },
  rescan: (arena) => arena.ask("POST", "/rescan"),
  list: (arena) => arena.ask("GET", "?limit=50"),
  jobs: (arena) => arena.ask("GET", "/jobs?limit=50"),
  health: (arena) => arena.ask("GET", "/health"),
  metrics: (arena) => arena.ask("GET", "/metrics"),
};

async function anyBackup(arena: Arena, random: Random, status = "completed"): Promise<Answer> {
  const list = await arena.ask("GET", `?limit=30${status && `&status=${status}`}`);
  const backups = list?.body?.backups ?? [];
  return backups.length > 0 ? random.pick(backups) : undefined;
}

/** One that may be restored as a whole: with one of the two tables of accounts alone, a half would come back as asked. */
async function wholeBackup(arena: Arena, random: Random): Promise<Answer> {
  const backup = await anyBackup(arena, random);
  const accounts = backup?.tables.filter((table: string) => table.startsWith("public.chaos_")).length;
  return accounts === 1 ? undefined : backup;
}
