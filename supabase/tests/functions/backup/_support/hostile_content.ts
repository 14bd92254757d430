import { sql } from "../../_support/stack.ts";

/** With tables and rows that break exports which are made carelessly; all of it is gone again afterwards. */
export async function withHostileContent(work: () => Promise<void>): Promise<void> {
  const before = await objects();
  try {
    await sql.unsafe(await Deno.readTextFile(new URL("../hostile_content.sql", import.meta.url)));
    await work();
  } finally {
    const known = new Set(before);
    for (const drop of (await objects()).filter((statement) => !known.has(statement))) await sql.unsafe(drop);
  }
}

/** A DROP for everything in public that somebody could have made. */
async function objects(): Promise<string[]> {
  const rows = await sql`
    select statement from (
      select 1 as step, format('drop table if exists public.%I cascade', relname) as statement
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      union all
      select 2, format('drop sequence if exists public.%I cascade', relname)
      from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
      union all
      select 4, format('drop function if exists %s cascade', oid::regprocedure)
      from pg_proc where pronamespace = 'public'::regnamespace
      union all
      select 3, format('drop type if exists public.%I cascade', typname)
      from pg_type where typnamespace = 'public'::regnamespace and typtype in ('c', 'd', 'e', 'r')
      union all
      select 5, format('drop extension if exists %I', extname) from pg_extension
    ) as made order by step`;
  return rows.map(({ statement }) => statement);
}
