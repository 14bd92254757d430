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
    ],
    ({ function: name, issues }) =>
      issues.map(({ level, message, statement }) =>
        `${level}: ${name}, line ${statement?.lineNumber ?? "?"}: ${message}`
      ),
  );

/** What Supabase's security and performance advisors say of the database. */
export const runAdvisors = (url: string): Promise<Advice> =>
  advise<Advisor>(
    ["db", "advisors", `--remote=${url}`, "--level", "warn"],
    ({ level, title, detail }) =>
      isAboutAggregate(title, detail) ? [] : [`${level.toLowerCase()}: ${title}: ${detail}`],
  );

/** Postgres lets nobody set a search path on an aggregate; its state function has one, and is the code that runs. */
function isAboutAggregate(title: string, detail: string): boolean {
  return title === "Function Search Path Mutable" &&
    /`backup\.(first_locations|merge_locations)`/.test(detail);
}

async function advise<T>(args: string[], lines: (found: T) => string[]): Promise<Advice> {
  const { ok, stdout, output } = await supabase(args);
  // Having found nothing, it says so in prose.
  if (ok && stdout.trim() === "") return { ok, text: "Nothing found." };
  try {
    const found = (JSON.parse(stdout) as T[]).flatMap(lines);
    return { ok: found.length === 0, text: found.join("\n") || "Nothing found." };
  } catch {
    return { ok: false, text: output.trim() };
  }
}
