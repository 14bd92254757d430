import type { Counts } from "./dump.ts";

/** Tables with something odd about them, and what happens to them between backup and restore. */
export interface Specimen {
  name: string;
  /** All in schema public. */
  tables: string[];
  create: string;
  /** Changes of the schema, before those of the rows. */
  evolve?: string;
  edit: string;
  /** Inserts that must work after a restore; undone again at once. */
  next?: string;
  /** What a preview must count, where equal keys may be different texts. */
  counts?: Record<string, Counts>;
}

export function tablesOf(specimens: Specimen[]): string[] {
  return specimens.flatMap(({ tables }) => tables);
}

/** As SQL names it. */
export function quoted(table: string): string {
  return `public."${table.replaceAll('"', '""')}"`;
}

/** As the API names it. */
export function label(table: string): string {
  return `public.${table}`;
}
