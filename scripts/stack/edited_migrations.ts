import { createHash } from "node:crypto";
import { type Profile, readJson, root, writePrivate } from "./profile.ts";

type Hashes = Record<string, string>;

/**
 * Until the first release migrations are edited in place, and a database that has them already does not notice.
 * Returns those that are not what this database was made with.
 */
export function editedMigrations(at: Profile): string[] {
  const file = `${at.folder}/migrations.json`;
  const now = hashes();
  const applied = readJson<Hashes>(file) ?? now;
  // What was applied first stays written down; what is new is added.
  writePrivate(file, JSON.stringify({ ...now, ...applied }, null, 2));
  return Object.keys(applied).filter((name) => now[name] !== applied[name]).sort();
}

function hashes(): Hashes {
  const folder = `${root}/supabase/migrations`;
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".sql"));
  const hash = (name: string) =>
    createHash("sha256").update(Deno.readFileSync(`${folder}/${name}`)).digest("hex");
  return Object.fromEntries(names.map((name) => [name, hash(name)]));
}
