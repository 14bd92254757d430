import { run } from "./command.ts";
import { Failure } from "./failure.ts";
import { type Profile, root } from "./profile.ts";

export const supabaseCli = "supabase@3.1.0";

/** Puts migrations (and, where wanted, the seed) into a database; returns how many migrations were new to it. */
export async function pushMigrations(at: Profile, url: string, withSeed: boolean): Promise<number> {
  const args = [
    "db",
    "push",
    `--remote=${url}`,
    ...(withSeed ? ["--include-seed"] : []),
    "--include-all",
    "--yes",
  ];
  const { ok, output } = await supabase(args);
  const log = `${at.logs}/migrations.log`;
  Deno.writeTextFileSync(log, output, { append: true, mode: 0o600 });
  if (!ok) throw new Failure("The migrations could not be applied.", { log });
  return (output.match(/Applying migration/g) ?? []).length;
}

/** Runs the Supabase CLI; the version is pinned here only. */
export async function supabase(args: string[]): Promise<{ ok: boolean; stdout: string; output: string }> {
  const { ok, stdout, stderr } = await run("npx", {
    args: ["--yes", supabaseCli, ...args, "--workdir", root, "--agent", "no"],
    env: {
      PGSSLMODE: "disable",
      DO_NOT_TRACK: "1",
      SUPABASE_TELEMETRY_DISABLED: "1",
      NO_COLOR: "1",
      npm_config_loglevel: "error",
    },
    cwd: root,
  });
  return { ok, stdout, output: stdout + stderr };
}
