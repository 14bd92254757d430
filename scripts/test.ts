/** deno task test [suite or part of a file's name …] [--verbose]: every test, on a stack of its own. */
import { parseArgs } from "node:util";
import { explain, Failure, main } from "./stack/failure.ts";
import { functionEnvironment } from "./stack/functions.ts";
import { isSame } from "./stack/identity.ts";
import { interruption } from "./stack/interruption.ts";
import { bold, dim, plural, print, seconds } from "./stack/print.ts";
import { type ProfileName, runningStack } from "./stack/profile.ts";
import { pause } from "./stack/service.ts";
import { bringUp, type Stack } from "./stack/stack.ts";
import { statusOf } from "./stack/status.ts";
import { checksSuite } from "./suites/checks.ts";
import { consoleSuite } from "./suites/console.ts";
import { databaseSuite } from "./suites/database.ts";
import { denoSuite } from "./suites/deno.ts";
import type { Outcome, Suite, SuiteContext } from "./suites/suite.ts";

/** Suites that run one after the other, on the stack of this name (which lanes may share). */
interface Lane {
  stack: ProfileName;
  suites: Suite[];
}

/** They run side by side: most of its time a test waits. */
const lanes: Lane[] = [
  {
    stack: "test",
    suites: [
      databaseSuite,
      denoSuite("functions", "supabase/tests/functions", { except: "supabase/tests/functions/restore" }),
    ],
  },
  {
    stack: "test-2",
    suites: [
      denoSuite("restores", "supabase/tests/functions/restore"),
      consoleSuite,
      denoSuite("scripts", "scripts"),
      checksSuite,
    ],
  },
  // They bring up the stacks that they need by themselves.
  { stack: "test", suites: [denoSuite("stacks", "supabase/tests/stacks")] },
];

await main(async () => {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    options: { verbose: { type: "boolean", short: "v", default: false } },
    allowPositionals: true,
  });
  const chosen = choose(positionals);
  if (chosen.length === 0) throw new Failure(`No test matches ${positionals.join(" ")}.`);
  const names = [...new Set(chosen.map(({ stack }) => stack))];
  for (const name of names) await untilAlone(name);

  print(`\n${bold("Tests")} ${dim("on stacks of their own")}\n`);
  const total: Outcome = { passed: 0, failed: 0 };
  const signal = interruption();
  const stacks = new Map<ProfileName, Stack>();
  try {
    for (const name of names) stacks.set(name, await bringUp(name, { fresh: true, signal }));
    const outcomes = await Promise.all(chosen.map(({ stack, suites }, n) => {
      const options = { stack: stacks.get(stack)!, verbose: values.verbose, signal };
      // Of several, only one can be followed while it runs.
      return n === 0 ? runLane(suites, { ...options, print }) : runUnseen(suites, options);
    }));
    outcomes.forEach((outcome) => add(total, outcome));
  } catch (error) {
    explain(error);
    total.failed++;
  } finally {
    for (const stack of stacks.values()) await stack.stop();
  }
  print(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
});

interface ChosenSuite {
  suite: Suite;
  files: string[];
}

/** The suites named, or all; of their files those that match one of the other words, or all. */
function choose(words: string[]): { stack: ProfileName; suites: ChosenSuite[] }[] {
  const isSuite = (word: string) => lanes.some(({ suites }) => suites.some(({ name }) => name === word));
  const names = words.filter(isSuite);
  const parts = words.filter((word) => !isSuite(word)).map((word) => word.replace(/^\.\//, ""));
  return lanes
    .map(({ stack, suites }) => ({
      stack,
      suites: suites
        .filter(({ name }) => names.length === 0 || names.includes(name))
        .map((suite) => ({ suite, files: suite.files().filter((file) => matches(file, parts)) }))
        .filter(({ files }) => files.length > 0),
    }))
    .filter(({ suites }) => suites.length > 0);
}

function matches(file: string, parts: string[]): boolean {
  return parts.length === 0 || parts.some((part) => file.includes(part));
}

type RunOptions = Omit<SuiteContext, "env">;

async function runLane(suites: ChosenSuite[], options: RunOptions): Promise<Outcome> {
  const total: Outcome = { passed: 0, failed: 0 };
  for (const { suite, files } of suites) {
    options.signal.throwIfAborted();
    add(total, await runSuite(suite, files, options));
  }
  return total;
}

function add(total: Outcome, { passed, failed }: Outcome): void {
  total.passed += passed;
  total.failed += failed;
}

/** What it prints is kept until it has ended. */
async function runUnseen(suites: ChosenSuite[], options: Omit<RunOptions, "print">): Promise<Outcome> {
  const lines: string[] = [];
  const outcome = await runLane(suites, { ...options, print: (text) => lines.push(text) });
  lines.forEach((line) => print(line));
  return outcome;
}

async function runSuite(suite: Suite, files: string[], options: RunOptions): Promise<Outcome> {
  const { stack: { ports, secrets, keys, cluster }, print } = options;
  print(`\n${bold(suite.name)} ${dim(plural(files.length, "file"))}\n`);
  const env = {
    ...functionEnvironment(ports, secrets, keys, cluster.project),
    ...statusOf({ ports, secrets }, cluster.project.url, keys.file),
  };
  const began = performance.now();
  // What keeps a suite from running is one failure, and no reason not to run the others.
  const outcome = await suite.run(files, { ...options, env }).catch((error) => {
    print(`  ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  });
  print(
    dim(
      `  ${outcome.passed} of ${plural(outcome.passed + outcome.failed, "test")} passed in ${
        seconds(performance.now() - began)
      }`,
    ),
  );
  return outcome;
}

/** Test runs share ports and a data folder: one waits for the other. */
async function untilAlone(name: ProfileName): Promise<void> {
  const other = runningStack(name);
  if (!other) return;
  print(`Waiting for another test run (process ${other.owner.pid}) to end …`);
  while (isSame(other.owner)) await pause(1000);
  await untilAlone(name);
}
