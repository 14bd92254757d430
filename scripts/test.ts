/** deno task test [suite or part of a file's name …] [--verbose]: every test, on a stack of its own. */
import { parseArgs } from "node:util";
import { explain, Failure, main } from "./stack/failure.ts";
import { functionEnvironment } from "./stack/functions.ts";
import { isSame } from "./stack/identity.ts";
import { interruption } from "./stack/interruption.ts";
import { bold, dim, plural, print, seconds } from "./stack/print.ts";
import { runningStack } from "./stack/profile.ts";
import { pause } from "./stack/service.ts";
import { bringUp, type Stack } from "./stack/stack.ts";
import { statusOf } from "./stack/status.ts";
import { checksSuite } from "./suites/checks.ts";
import { databaseSuite } from "./suites/database.ts";
import { denoSuite } from "./suites/deno.ts";
import type { Outcome, Suite, SuiteContext } from "./suites/suite.ts";

const suites: Suite[] = [
  databaseSuite,
  denoSuite("functions", "supabase/tests/functions"),
  denoSuite("console", "supabase/tests/console"),
  denoSuite("scripts", "scripts"),
  denoSuite("stacks", "supabase/tests/stacks", { isBeside: true }),
  checksSuite,
];

await main(async () => {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    options: { verbose: { type: "boolean", short: "v", default: false } },
    allowPositionals: true,
  });
  const chosen = choose(positionals);
  if (chosen.length === 0) throw new Failure(`No test matches ${positionals.join(" ")}.`);
  await untilAlone();

  print(`\n${bold("Tests")} ${dim("on a stack of their own")}\n`);
  const total: Outcome = { passed: 0, failed: 0 };
  const signal = interruption();
  const count = ({ passed, failed }: Outcome) => {
    total.passed += passed;
    total.failed += failed;
  };
  let stack: Stack | undefined;
  try {
    stack = await bringUp("test", { fresh: true, signal });
    const options = { stack, verbose: values.verbose, signal };
    // Begun first, and waited for last.
    const beside = chosen.filter(({ suite }) => suite.isBeside)
      .map(({ suite, files }) => runBeside(suite, files, options));
    try {
      for (const { suite, files } of chosen.filter(({ suite }) => !suite.isBeside)) {
        signal.throwIfAborted();
        count(await runSuite(suite, files, { ...options, print }));
      }
    } finally {
      for (const suite of beside) count(await suite);
    }
  } catch (error) {
    explain(error);
    total.failed++;
  } finally {
    await stack?.stop();
  }
  print(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
});

/** The suites named, or all; of their files those that match one of the other words, or all. */
function choose(words: string[]): { suite: Suite; files: string[] }[] {
  const isSuite = (word: string) => suites.some(({ name }) => name === word);
  const names = words.filter(isSuite);
  const parts = words.filter((word) => !isSuite(word)).map((word) => word.replace(/^\.\//, ""));
  return suites
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((suite) => ({ suite, files: suite.files().filter((file) => matches(file, parts)) }))
    .filter(({ files }) => files.length > 0);
}

function matches(file: string, parts: string[]): boolean {
  return parts.length === 0 || parts.some((part) => file.includes(part));
}

type RunOptions = Omit<SuiteContext, "env">;

async function runSuite(suite: Suite, files: string[], options: RunOptions): Promise<Outcome> {
  const { stack: { ports, secrets, keys, cluster }, print } = options;
  print(`\n${bold(suite.name)} ${dim(plural(files.length, "file"))}\n`);
  const env = {
    ...functionEnvironment(ports, secrets, keys, cluster.project),
    ...statusOf({ ports, secrets }, cluster.project.url, keys.file),
  };
  const began = performance.now();
  const outcome = await suite.run(files, { ...options, env });
  print(
    dim(
      `  ${outcome.passed} of ${plural(outcome.passed + outcome.failed, "test")} passed in ${
        seconds(performance.now() - began)
      }`,
    ),
  );
  return outcome;
}

/** What it prints is kept until it has ended, and its failure is one of its tests'. */
async function runBeside(
  suite: Suite,
  files: string[],
  options: Omit<RunOptions, "print">,
): Promise<Outcome> {
  const lines: string[] = [];
  try {
    return await runSuite(suite, files, { ...options, print: (text) => lines.push(text) });
  } catch (error) {
    lines.push(`  ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  } finally {
    lines.forEach((line) => print(line));
  }
}

/** Test runs share ports and a data folder: one waits for the other. */
async function untilAlone(): Promise<void> {
  const other = runningStack("test");
  if (!other) return;
  print(`Waiting for another test run (process ${other.owner.pid}) to end …`);
  while (isSame(other.owner)) await pause(1000);
  await untilAlone();
}
