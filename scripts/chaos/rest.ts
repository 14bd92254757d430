import { Failure } from "../stack/failure.ts";
import { pause } from "../stack/service.ts";
import type { Answer, Arena, Contents } from "./arena.ts";
import { brokenPromises, unfinished } from "./promises.ts";
import { within } from "./within.ts";

/** How long it may take until nobody is at work any more. */
const patienceSeconds = 150;

/** Everybody stops, what is under way ends by itself, and then every promise is kept, or it is a failure. */
export async function atRest(arena: Arena): Promise<void> {
  await untilQuiet(arena);
  await noteEnds(arena);
  await keepsPromises(arena);
  await restoresWhatItKnows(arena);
  await learns(arena);
  await untilQuiet(arena);
  await keepsPromises(arena);
}

async function untilQuiet(arena: Arena): Promise<void> {
  arena.storage.behave();
  const deadline = Date.now() + patienceSeconds * 1000;
  let left: string[] = ["nobody could look"];
  while (Date.now() < deadline) {
    try {
      await arena.sql`update backup.schedules set is_enabled = false, next_run_at = null`;
      // A pause between two attempts may be ten minutes long. That it ends is looked at; not how long it is.
      await arena.sql`
        update backup.jobs set run_after = now() where status = 'queued' and run_after between now() and now() + interval '10 minutes'`;
      left = await unfinished(arena);
      if (left.length === 0) return;
    } catch (error) {
      left = [(error as Error).message];
    }
    await pause(500);
  }
  throw new Failure(`Something does not come to an end:\n${left.join("\n")}`);
}

/** How the jobs of this round have ended; those of backups that are gone have gone with them. */
async function noteEnds(arena: Arena): Promise<void> {
  const ends = await arena.sql`
    update backup.jobs set parameters = parameters || '{"chaos": true}'
    where finished_at is not null and not parameters ? 'chaos'
    returning kind, status, error ->> 'code' as code, attempt_count > 1 as is_retried`;
  for (const { kind, status, code, is_retried } of ends) {
    arena.journal.count(`ended: ${kind}: ${status}${code ? ` ${code}` : ""}`);
    if (is_retried) arena.journal.count(`ended: ${kind} after more than one attempt`);
  }
}

async function keepsPromises(arena: Arena): Promise<void> {
  let broken: string[] = [];
  // A session that was killed, and what it held, is gone a moment later; a staged table that it had in use, at the
  // next sweep.
  for (const deadline = Date.now() + 75_000; Date.now() < deadline;) {
    broken = await within(300, "a look at every promise", brokenPromises(arena, arena.proven));
    const { found, expected } = await arena.accounts();
    if (found !== expected) {
      broken.push(`the accounts hold ${found}, not ${expected}: a transaction came back by half`);
    }
    if (broken.length === 0) break;
    await pause(500);
  }
  if (broken.length > 0) {
    throw new Failure(`Broken promises:\n${broken.join("\n")}\n\nRestored before:\n${await restored(arena)}`);
  }
  arena.journal.note("checked: every promise");
}

/** The last restores, for whoever looks for the one that broke something. */
async function restored({ sql }: Arena): Promise<string> {
  const rows = await sql`
    select format('%s %s of %s backup %s (%s), tables %s: %s', restore.applied_at, restore.mode, source.kind, source.id,
                  source.tables, restore.requested_tables, restore.result -> 'totals') as text
    from backup.restores as restore join public.backups as source on source.id = restore.backup_id
    where restore.applied_at is not null order by restore.applied_at desc limit 20`;
  return rows.map(({ text }) => text).join("\n");
}

/** A restore of a backup whose contents are known gives exactly these; its undo gives back what was there. */
async function restoresWhatItKnows(arena: Arena): Promise<void> {
  const known = [...arena.known];
  if (known.length === 0) return;
  // The oldest known one goes: each is looked at once while it is young, and once when much has changed.
  const [id, expected] = known.length > 2 ? known[0] : known[known.length - 1];
  const before = await arena.contents();
  const restore = await ends(
    arena,
    "restore",
    await must(arena, "POST", `/${id}/restore`, { skip_preview: true }),
  );
  same(await arena.contents(), expected, `the restore of backup ${id}`);
  if (restore.can_undo) {
    await ends(arena, "undo", await must(arena, "POST", `/restores/${restore.id}/undo`, {}));
    same(await arena.contents(), before, `the undo of restore ${restore.id}`);
  }
  arena.journal.note("checked: a restore and its undo, byte for byte");
  if (known.length > 2) {
    arena.known.delete(id);
    await must(arena, "PATCH", `/${id}`, { is_pinned: false });
  }
}

/** Makes a backup while nobody writes. */
async function learns(arena: Arena): Promise<void> {
  const contents = await arena.contents();
  const { backupId } = await must(arena, "POST", "/create", {
    override_validation: true,
    override_reason: "chaos",
  });
  for (let looks = 0; looks < 400; looks++) {
    await pause(150);
    const { backup } = await must(arena, "GET", `/${backupId}`);
    if (backup.status === "queued" || backup.status === "processing") continue;
    if (backup.status !== "completed") {
      throw new Failure(`A backup at rest ended ${backup.status}: ${JSON.stringify(backup.error)}`);
    }
    await must(arena, "PATCH", `/${backupId}`, { is_pinned: true });
    arena.known.set(backupId, contents);
    return;
  }
  throw new Failure(`Backup ${backupId} does not come to an end.`);
}

async function ends(arena: Arena, what: string, { restoreId }: Answer): Promise<Answer> {
  for (let looks = 0; looks < 400; looks++) {
    await pause(150);
    const { restore } = await must(arena, "GET", `/restores/${restoreId}`);
    if (["queued", "staging", "applying"].includes(restore.status)) continue;
    if (restore.status === "completed") return restore;
    throw new Failure(`A ${what} at rest ended ${restore.status}: ${JSON.stringify(restore.error)}`);
  }
  throw new Failure(`The ${what} ${restoreId} does not come to an end.`);
}

async function must(arena: Arena, method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await arena.ask(method, path, body);
  if (answer && answer.status < 300) return answer.body;
  throw new Failure(
    `${method} ${path} at rest was answered by ${answer?.status}: ${JSON.stringify(answer?.body)}`,
  );
}

function same(found: Contents, expected: Contents, what: string): void {
  const other = Object.keys(expected).filter((table) => found[table] !== expected[table]);
  if (other.length === 0) return;
  const lines = other.map((table) => `${table}: expected ${expected[table]}, found ${found[table]}`);
  throw new Failure(`After ${what} not all is as it must be:\n${lines.join("\n")}`);
}
