import { lintDatabase, runAdvisors } from "../stack/advice.ts";
import { green, red } from "../stack/print.ts";
import { typesAreStale } from "../stack/types.ts";
import type { Outcome, Suite, SuiteContext } from "./suite.ts";

/** What needs a database but is no test: Supabase's own lints and advisors, and whether the types are stale. */
export const checksSuite: Suite = {
  name: "checks",
  files: () => ["db lint", "db advisors", "database types"],
  run: runChecks,
};

async function runChecks(names: string[], { stack, print }: SuiteContext): Promise<Outcome> {
  const url = stack.cluster.project.url;
  const checks: Record<string, () => Promise<{ ok: boolean; text: string }>> = {
    "db lint": () => lintDatabase(url),
    "db advisors": () => runAdvisors(url),
    "database types": async () => ({ ok: !(await typesAreStale(url)), text: "stale: run `deno task types`" }),
  };
  const outcome = { passed: 0, failed: 0 };
  for (const name of names) {
    const { ok, text } = await checks[name]();
    print(`  ${ok ? green("✓") : red("✗")} ${name}`);
    if (!ok) print(text.replaceAll(/^/gm, "    "));
    outcome[ok ? "passed" : "failed"]++;
  }
  return outcome;
}
