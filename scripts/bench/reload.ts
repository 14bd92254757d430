import type { Stack } from "../stack/stack.ts";

export const reloadName = "psql: TRUNCATE, COPY";

/** Parents first: the foreign keys of a table are checked as soon as its COPY has ended. */
export const alumniTables = [
  "public.roles",
  "public.profiles",
  "public.user_roles",
  "public.events",
  "public.jobs",
];

/** What an operator with good notes would do: the tables emptied and filled from files, in one transaction. */
export interface Reload {
  run(): Promise<void>;
}

/** Writes the files of the data as it is now, and the script that loads them. */
export async function prepareReload({ at, cluster }: Stack): Promise<Reload> {
  const folder = `${at.folder}/reload`;
  Deno.mkdirSync(folder, { recursive: true });
  const copy = (table: string, direction: "to" | "from") =>
    `\\copy ${table} ${direction} ${literal(`${folder}/${table}.copy`)}\n`;

  const write = `${folder}/write.sql`;
  Deno.writeTextFileSync(write, alumniTables.map((table) => copy(table, "to")).join(""));
  await cluster.project.file(write);

  const load = `${folder}/load.sql`;
  Deno.writeTextFileSync(
    load,
    "set local statement_timeout = 0;\n" +
      `truncate ${alumniTables.join(", ")};\n` +
      alumniTables.map((table) => copy(table, "from")).join(""),
  );
  // As every file, in one transaction.
  return { run: () => cluster.project.file(load) };
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
