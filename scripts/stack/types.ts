import { supabase } from "./migrations.ts";
import { functionsFolder } from "./profile.ts";
import { Failure } from "./failure.ts";

export const typesFile = `${functionsFolder}/_shared/database.types.ts`;

/** TypeScript types of the schemas that functions speak to, made from a database as it is now. */
export async function databaseTypes(databaseUrl: string): Promise<string> {
  const args = ["gen", "types", `--remote=${databaseUrl}`, "--schema", "public,backup"];
  const { ok, stdout, output } = await supabase(args);
  if (!ok) throw new Failure(`The types could not be made:\n${output.trim()}`);
  return stdout;
}

export async function typesAreStale(databaseUrl: string): Promise<boolean> {
  const kept = await Deno.readTextFile(typesFile).catch(() => "");
  return kept !== await databaseTypes(databaseUrl);
}
