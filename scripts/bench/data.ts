import { fileURLToPath } from "node:url";
import { count, plural, step } from "../stack/print.ts";
import type { Stack } from "../stack/stack.ts";
import type { DataSet } from "./types.ts";

const script = fileURLToPath(new URL("data.sql", import.meta.url));

/** Replaces the alumni data by a set of so many profiles, and leaves it as a database in daily use would be. */
export function fill({ cluster }: Stack, profiles: number): Promise<DataSet> {
  return step(`data ${count(profiles)}`, async () => {
    await cluster.project.file(script, { ROWS: String(profiles) });
    await tidy({ cluster });
    // What loading has left to be written does not slow down what is measured.
    await cluster.superuser.rows("checkpoint");
    return { profiles, tables: await countRows({ cluster }) };
  }, ({ tables }) => plural(tables.reduce((sum, { rows }) => sum + rows, 0), "row"));
}

/** What autovacuum would do before long, and not while something is measured. */
export async function tidy({ cluster }: Pick<Stack, "cluster">): Promise<void> {
  await cluster.project.rows("vacuum analyze public.profiles, public.user_roles, public.events, public.jobs");
}

async function countRows({ cluster }: Pick<Stack, "cluster">): Promise<DataSet["tables"]> {
  const chosen = await cluster.project.rows(
    "select format('%I.%I', schema_name, table_name) from backup.select_tables() order by ordinal",
  );
  return await Promise.all(chosen.map(async ([table]) => {
    return { table, rows: Number(await cluster.project.value(`select count(*) from ${table}`)) };
  }));
}
