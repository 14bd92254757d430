import { supabase } from "./migrations.ts";

export interface Advice {
  ok: boolean;
  text: string;
}

/** What plpgsql's checker says of our functions. */
export const lintDatabase = (url: string): Promise<Advice> =>
  advise([
    "db",
    "lint",
    `--remote=${url}`,
    "--schema",
    "public,backup",
    "--level",
    "warning",
    "--fail-on",
    "warning",
  ]);

/** What Supabase's security and performance advisors say of the database. */
export const runAdvisors = (url: string): Promise<Advice> =>
  advise(["db", "advisors", `--remote=${url}`, "--level", "warn", "--fail-on", "warn"]);

async function advise(args: string[]): Promise<Advice> {
  const { ok, output } = await supabase(args);
  return { ok, text: output.trim() };
}
