import { fileURLToPath } from "node:url";
import { step } from "../stack/print.ts";
import type { Stack } from "../stack/stack.ts";
import { alumniTables } from "./reload.ts";

const script = fileURLToPath(new URL("edit.sql", import.meta.url));

/**
 * Three secondary indexes on the largest table, as searching a directory asks for. The alumni tables' own triggers are
 * switched off: those that look at every new row would cost the other side seconds, and ours never fires them.
 */
export async function prepareTables({ cluster }: Stack): Promise<void> {
  await cluster.project.rows(`
    create index if not exists profiles_email_idx on public.profiles (lower(email));
    create index if not exists profiles_name_idx on public.profiles (last_name, first_name);
    create index if not exists profiles_graduation_year_idx on public.profiles (graduation_year);
    alter table public.profiles disable trigger user;
    alter table public.events disable trigger user;
    alter table public.jobs disable trigger user`);
}

/**
 * Makes so many percent of the rows other than they were; 100 empties the tables. A checkpoint comes before it, so that
 * none comes in between by chance: Postgres writes each page whole to the WAL when it changes for the first time after
 * one. Coming after the edit, it makes that the restore's part.
 */
export async function edit({ cluster }: Stack, changed: number, thenCheckpoint: boolean): Promise<void> {
  const checkpoint = () => cluster.superuser.rows("checkpoint");
  await step(`edit ${changed} %`, async () => {
    await checkpoint();
    if (changed === 100) await cluster.project.rows(`truncate ${alumniTables.join(", ")}`);
    else if (changed > 0) await cluster.project.file(script, { CHANGED: String(changed) });
    if (thenCheckpoint) await checkpoint();
  });
}

/** Equal for equal rows, whatever their order. */
export async function fingerprint({ cluster }: Stack): Promise<string> {
  const hashes = alumniTables.map((table) =>
    `(select count(*) || ':' || coalesce(sum(hashtextextended(hashed::text, 0)), 0) from ${table} as hashed)`
  );
  return (await cluster.project.rows(`select ${hashes.join(", ")}`))[0].join(" ");
}
