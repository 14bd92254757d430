import { sql } from "../../functions/_support/stack.ts";

/** A table of its own for a test, gone again after the work. */
export async function withTable(
  columns: string,
  rows: string,
  work: (name: string) => Promise<void>,
): Promise<void> {
  const name = `of_a_test_${crypto.randomUUID().slice(0, 8)}`;
  await sql.unsafe(`create table public.${name} (${columns}); insert into public.${name} values ${rows}`);
  try {
    await work(name);
  } finally {
    await sql.unsafe(`drop table public.${name}`);
  }
}
