import { sql } from "../../_support/stack.ts";
import { tinySlices, withSettings } from "../../backup/_support/settings.ts";
import { withBackupOf } from "./archives.ts";
import { withObjects } from "./objects.ts";

/** How many rows the table of readers has in the backup. */
export const readerCount = 1500;

const table = `
  create table public.readers (reader_id integer primary key, name text not null, seen_at timestamptz);
  insert into public.readers
  select n, md5(n::text) || md5((-n)::text), '2026-01-01'::timestamptz + n * interval '1 minute'
  from generate_series(1, ${readerCount}) as n`;

/** One row in ten is gone, one is another, one is new: what a restore has to do is known. */
export const readerChanges = { insert: 150, update: 150, delete: 150, unchanged: 1200, kept: 0 };

const edits = `
  delete from public.readers where reader_id % 10 = 0;
  update public.readers set name = upper(name) where reader_id % 10 = 1;
  insert into public.readers select n, 'new', null from generate_series(2001, 2150) as n`;

/** A table of its own, backed up in many small parts and changed since. */
export async function withChangedReaders(
  work: (backupId: string) => Promise<void>,
  more: string[] = [],
): Promise<void> {
  await withObjects([table, ...more], () =>
    withSettings(
      tinySlices,
      () =>
        withBackupOf(["readers"], async (backupId) => {
          await sql.unsafe(edits);
          await work(backupId);
        }),
    ));
}

/** What the table holds now, as one text to compare. */
export async function readers(): Promise<string> {
  const [{ text }] =
    await sql`select md5(string_agg(r::text, ',' order by reader_id)) as text from public.readers as r`;
  return text;
}

/** What it held when it was backed up. */
export async function readersOfBackup(): Promise<string> {
  const [{ text }] = await sql`
    select md5(string_agg(r::text, ',' order by reader_id)) as text
    from (select n as reader_id, md5(n::text) || md5((-n)::text),
                 '2026-01-01'::timestamptz + n * interval '1 minute'
          from generate_series(1, ${readerCount}) as n) as r`;
  return text;
}
