/** A worker that is killed at any moment loses nothing: another one takes over, and what ends is whole. */
import assert from "node:assert/strict";
import { archivedRows } from "../../../../scripts/chaos/promises.ts";
import { call, json, secret } from "../_support/api.ts";
import { ended, removeBackup } from "../_support/backups.ts";
import { sql, test } from "../_support/stack.ts";
import { wakeStack } from "../backup/_support/own_worker.ts";
import { withSettings } from "../backup/_support/settings.ts";
import { eventually, pause } from "../backup/_support/waiting.ts";
import type { WorkerProcess } from "../backup/_support/worker_process.ts";
import { forgetRestores, withBackupOf } from "../restore/_support/archives.ts";
import { run, withObjects } from "../restore/_support/objects.ts";
import { accepted, getRestore, settled } from "../restore/_support/restores.ts";
import { assertNothingLeft, watched } from "./_support/nothing_left.ts";
import { randomly, seed } from "./_support/seed.ts";
import { withoutStackWorker } from "./_support/stack_process.ts";
import { withVictims } from "./_support/victims.ts";

const moments = 20;
/** So often one and the same job loses its worker. */
const killsPerJob = 4;
const patient = { slice_bytes: 8 * 1024, job_max_attempts: 10 };

// Rows are written by a restore so slowly that a worker can be killed meanwhile.
const table = `
  create table public.readers (reader_id integer primary key, name text not null, seen_at timestamptz);
  create function zoo.wait() returns boolean language plpgsql as $$
  begin
    if current_setting('session_replication_role') = 'replica' then perform pg_sleep(0.001); end if;
    return true;
  end $$;
  alter table public.readers add constraint readers_wait check (zoo.wait());
  insert into public.readers
  select n, md5(n::text) || md5((-n)::text), '2026-01-01'::timestamptz + n * interval '1 minute'
  from generate_series(1, 800) as n`;

const edits = `
  delete from public.readers where reader_id % 10 = 0;
  update public.readers set name = upper(name) where reader_id % 10 = 1;
  insert into public.readers select n, 'new', null from generate_series(2001, 2080) as n`;

test(`killed: at ${moments} random moments of backups (FAULTS_SEED=${seed})`, async () => {
  const random = randomly();
  await inTable(() =>
    withVictims(async (next) => {
      const expected = await readers();
      const whole = async () => {
        const { backupId } = await json(
          call("POST", "/backups", { as: secret, body: { tables: ["readers"] } }),
          202,
        );
        return backupId as string;
      };
      const look = async (id: string) => {
        const backup = await ended(id);
        assert.equal(backup.status, "completed", JSON.stringify(backup.error));
        const rows: string[] = [];
        for await (const row of archivedRows(watched, id)) rows.push(row);
        assert.deepEqual(rows.sort(), expected);
        await assertNothingLeft();
        await removeBackup(id);
      };
      let kills = 0;
      let usual = 0;
      while (kills < moments) {
        let id = "";
        await withoutStackWorker(async () => {
          id = await whole();
          if (usual === 0) return void (usual = await undisturbed(await next(), id));
          for (let n = 0; n < killsPerJob && await isUnfinished(id); n++, kills++) {
            await killedAfter(random.below(usual), await next());
            await expireLeases();
          }
        });
        await wakeStack();
        await look(id);
      }
    })
  );
});

test(`killed: at ${moments} random moments of restores (FAULTS_SEED=${seed})`, async () => {
  const random = randomly();
  await inTable(() =>
    withBackupOf(["readers"], (backupId) =>
      withVictims(async (next) => {
        const original = await readers();
        let kills = 0;
        let usual = 0;
        while (kills < moments) {
          await run(edits);
          const edited = await readers();
          let id = "";
          await withoutStackWorker(async () => {
            const body = { skip_preview: true };
            id = await accepted(call("POST", `/backups/${backupId}/restore`, { as: secret, body }));
            if (usual === 0) return void (usual = await undisturbed(await next(), id));
            for (let n = 0; n < killsPerJob && await isUnfinished(id); n++, kills++) {
              await killedAfter(random.below(usual), await next());
              await eventually("the server has noticed", async () => !await isAtWork());
              const now = await readers();
              const { applied_at, error } = await getRestore(id);
              assert.deepEqual(now, applied_at === null ? edited : original, JSON.stringify(error));
              await expireLeases();
            }
          });
          await wakeStack();
          const restore = await settled(id);
          assert.equal(restore.status, "completed", JSON.stringify(restore.error));
          assert.deepEqual(await readers(), original);
          await assertNothingLeft();
          await forgetRestores(backupId);
        }
      }))
  );
});

async function inTable(work: () => Promise<void>): Promise<void> {
  await withObjects([table], () => withSettings(patient, work));
}

/** How long a worker that nobody kills has to do, in milliseconds. */
async function undisturbed(worker: WorkerProcess, id: string): Promise<number> {
  const begun = performance.now();
  await worker.wake();
  while (await isUnfinished(id)) await pause(20);
  const took = performance.now() - begun;
  await worker.kill();
  await expireLeases();
  return Math.ceil(took);
}

async function killedAfter(ms: number, worker: WorkerProcess): Promise<void> {
  await worker.wake();
  await pause(ms);
  await worker.kill();
  // What the storage had received wholly it stores even so; in the time until a lease has run out, it has.
  await pause(30);
}

/** Of a backup, or of a restore with all that it needs. */
async function isUnfinished(id: string): Promise<boolean> {
  const rows = await sql`
    select from public.backups where id = ${id} and status in ('queued', 'processing')
    union all
    select from backup.restores where restore_id = ${id} and status in ('queued', 'staging', 'applying')`;
  return rows.length > 0;
}

/** Of every job: a worker may have been telling somebody how a job ended. */
async function expireLeases(): Promise<void> {
  await sql`update backup.jobs set lease_expires_at = now() - interval '1 second' where status = 'running'`;
}

async function isAtWork(): Promise<boolean> {
  const sessions = await sql`
    select from pg_stat_activity
    where datname = current_database() and application_name like 'backup-worker %' and state = 'active'`;
  return sessions.length > 0;
}

/** The rows as COPY writes them, in an order of their own. */
async function readers(): Promise<string[]> {
  const rows = await sql`
    select concat_ws(E'\t', reader_id, name, coalesce(seen_at::text, E'\\N')) as row from public.readers`;
  return rows.map(({ row }) => row).sort();
}
