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

/** Ends the connection of the backup's snapshot, at the latest when it runs a statement like this. */
export async function endSnapshot(statement: string | null = null): Promise<void> {
  await eventually("there is a snapshot to end", async () => await endSnapshotIfThere(statement) > 0);
}

export async function endSnapshotIfThere(statement: string | null = null): Promise<number> {
  const ended = await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'backup-worker snapshot'
      and (${statement}::text is null or state = 'active' and query like ${statement})`;
  return ended.length;
}
