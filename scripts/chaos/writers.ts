import type postgres from "postgres";
import { Random } from "../../supabase/tests/functions/restore/_support/random.ts";
import { pause } from "../stack/service.ts";
import type { Arena } from "./arena.ts";
import type { Statement } from "./promises.ts";
import { Overdue } from "./within.ts";

const accounts = 200;
/** Nobody takes anything out of both tables together. */
export const accountsTotal = 2 * accounts * 1000;

/** Two tables whose sum shows whether a transaction was backed up or restored by half. */
export async function arrange(sql: postgres.Sql): Promise<void> {
  for (const table of ["chaos_left", "chaos_right"]) {
    await sql.unsafe(`create table public.${table} (id integer primary key, amount integer not null)`);
    await sql.unsafe(`insert into public.${table} select n, 1000 from generate_series(1, ${accounts}) as n`);
  }
  // Small parts and short leases: many moments at which something can go wrong, and little waiting.
  await sql`update backup.settings set value = '16384' where key = 'slice_bytes'`;
  await sql`update backup.settings set value = '8' where key = 'job_lease_seconds'`;
  await sql`update backup.settings set value = '3' where key = 'lock_timeout_seconds'`;
  await sql`update backup.settings set value = '0.002' where key = 'drill_interval_days'`;
  await sql`update backup.settings set value = '0.05' where key = 'inventory_interval_hours'`;
  await sql`update backup.settings set value = '1' where key = 'retention_interval_minutes'`;
}

/** People who work with the data meanwhile. */
export async function write(arena: Arena, seed: number, until: number): Promise<void> {
  await Promise.all([1, 2].map((writer) => writeAlone(arena, new Random(seed + 4 + writer), until)));
}

async function writeAlone(arena: Arena, random: Random, until: number): Promise<void> {
  while (Date.now() < until) {
    const name = random.pick(Object.keys(changes));
    try {
      await changes[name](arena.sql, random);
      arena.journal.count(`wrote: ${name}`);
    } catch (error) {
      // The server is down, a lock is not given, a row has gone: so it is for every program.
      arena.journal.count("could not write");
      if (error instanceof Overdue) arena.journal.note("never heard of a write again:", error.message);
      await pause(300);
    }
    await pause(random.below(60));
  }
}

const changes: Record<string, (sql: Statement, random: Random) => PromiseLike<unknown>> = {
  // One statement: a driver that connects again in the middle of a transaction would do its second half alone.
  transfer: (sql, random) => {
    const amount = random.below(9) + 1;
    const [from, to] = [1 + random.below(accounts), 1 + random.below(accounts)];
    return sql`
      with taken as (update public.chaos_left set amount = amount - ${amount} where id = ${from} returning ${amount}::int as amount)
      update public.chaos_right set amount = chaos_right.amount + taken.amount from taken where id = ${to}`;
  },
  "a changed profile": (sql, random) =>
    sql`update public.profiles set bio = ${`chaos ${random.below(1e6)}`}
        where id = (select id from public.profiles order by id offset ${random.below(600)} limit 1)`,
  "a new event": (sql, random) =>
    sql`insert into public.events (title, start_date) values (${`Chaos ${random.below(1e6)}`}, now())`,
  "an event less": (sql, random) =>
    sql`delete from public.events
        where id = (select id from public.events order by id offset ${random.below(60)} limit 1)`,
  "a changed job": (sql, random) =>
    sql`update public.jobs set description = ${`line\\nbreak\t${random.below(1e6)} '"`}
        where id = (select id from public.jobs order by id offset ${random.below(100)} limit 1)`,
};
