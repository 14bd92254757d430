import { sql } from "../../_support/stack.ts";

/**
 * Tables of the test's own in schema public, types and functions in schema zoo,
 * while the work lasts.
 */
export async function withObjects(statements: string[], work: () => Promise<void>): Promise<void> {
  const before = new Set(await drops());
  try {
    await sql.unsafe("create schema zoo");
    for (const statement of statements) await run(statement);
    await work();
  } finally {
    for (const drop of (await drops()).filter((statement) => !before.has(statement))) await sql.unsafe(drop);
  }
}

/** Statements that run in one transaction; an error says which they were. */
export async function run(statements: string): Promise<void> {
  try {
    await sql.unsafe(statements);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${statements}`, { cause: error });
  }
}

/** Inserts that must be possible, undone again. */
export async function tryOut(statements: string): Promise<void> {
  const isOver = new Error("as it was");
  await sql.begin(async (transaction) => {
    await transaction.unsafe(statements);
    throw isOver;
  }).catch((error) => {
    if (error !== isOver) throw new Error(`${error.message}\n${statements}`, { cause: error });
  });
}

/** A DROP for everything that a test may have made. */
async function drops(): Promise<string[]> {
  const rows = await sql`
    select statement from (
      select 1 as step, format('drop table if exists public.%I cascade', relname) as statement
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      union all
      select 2, format('drop sequence if exists public.%I cascade', relname)
      from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
      union all
      select 3, format('drop function if exists %s cascade', oid::regprocedure)
      from pg_proc where pronamespace = 'public'::regnamespace
      union all
      select 4, 'drop schema zoo cascade' from pg_namespace where nspname = 'zoo'
      union all
      select 5, format('drop extension if exists %I', extname) from pg_extension
    ) as made order by step`;
  return rows.map(({ statement }) => statement);
}
