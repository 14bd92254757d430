import { sql } from "../../_support/stack.ts";
import { eventually } from "./waiting.ts";

/** A table of the test's own, while the work lasts. */
export async function withTable(create: string, table: string, work: () => Promise<void>): Promise<void> {
  await sql.unsafe(`drop table if exists public.${table}`);
  await sql.unsafe(create);
  try {
    await work();
  } finally {
    await sql.unsafe(`drop table if exists public.${table}`);
  }
}

const snapshots = `pg_stat_activity
  where datname = current_database() and application_name = 'backup-worker snapshot'`;

/** Ends the connection of the backup's snapshot. */
export async function endSnapshot(): Promise<void> {
  await eventually("there is a snapshot to end", async () => await endSnapshotIfThere() > 0);
}

export async function endSnapshotIfThere(): Promise<number> {
  const ended = await sql.unsafe(`select pg_terminate_backend(pid) from ${snapshots}`);
  return ended.length;
}

/** Ends it while it runs a COPY: the server looks every millisecond, since a slice is read in a few dozen. */
export async function endSnapshotInCopy(): Promise<void> {
  await sql.unsafe(`do $do$
    begin
      for look in 1 .. 20000 loop
        perform pg_stat_clear_snapshot();
        perform pg_terminate_backend(pid) from ${snapshots} and state = 'active' and query like 'copy (%';
        if found then
          return;
        end if;
        perform pg_sleep(0.001);
      end loop;
      raise exception 'no COPY was seen';
    end $do$`);
}
