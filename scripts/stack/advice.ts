import { supabase } from "./migrations.ts";

export interface Advice {
  ok: boolean;
  /** One line for each thing found; whatever the CLI said where it could not look. */
  text: string;
}

interface Lint {
  function: string;
  issues: { level: string; message: string; statement?: { lineNumber?: string } }[];
}

interface Advisor {
  level: string;
  title: string;
  detail: string;
}

/** What plpgsql's checker says of our functions. */
export const lintDatabase = (url: string): Promise<Advice> =>
  advise<Lint>(
    [
      "db",
      "lint",
      `--remote=${url}`,
      "--schema",
      "public,backup",
      "--level",
      "warning",
      "--fail-on",
      "warning",
    ],
    ({ function: name, issues }) =>
      issues.map(({ level, message, statement }) =>
        `${level}: ${name}, line ${statement?.lineNumber ?? "?"}: ${message}`
      ),
  );

/** What Supabase's security and performance advisors say of the database. */
export const runAdvisors = (url: string): Promise<Advice> =>
  advise<Advisor>(
    ["db", "advisors", `--remote=${url}`, "--level", "warn", "--fail-on", "warn"],
    ({ level, title, detail }) => [`${level.toLowerCase()}: ${title}: ${detail}`],
  );

async function advise<T>(args: string[], lines: (found: T) => string[]): Promise<Advice> {
  const { ok, stdout, output } = await supabase(args);
  try {
    const found = JSON.parse(stdout) as T[];
    return { ok, text: found.flatMap(lines).join("\n") || "Nothing found." };
  } catch {
    return { ok, text: output.trim() };
  }
}
