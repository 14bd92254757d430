/** deno task bench backup|restore|validate|console [--rows N[,N …]] [--changed P[,P …]] [--after-checkpoint] [--runs 5] [--json]: see docs/bench.md. */
import { parseArgs } from "node:util";
import { measureBackup } from "./bench/backup.ts";
import { measureConsole } from "./bench/console.ts";
import { fill } from "./bench/data.ts";
import { type Machine, machine } from "./bench/machine.ts";
import { printComparisons, printMachine } from "./bench/report.ts";
import { measureRestore } from "./bench/restore.ts";
import type { Bench, Outcome } from "./bench/types.ts";
import { measureValidation } from "./bench/validate.ts";
import { Failure, main } from "./stack/failure.ts";
import { bold, count, dim, plural, print, printBesideOutput } from "./stack/print.ts";
import { withScratchStack } from "./stack/scratch.ts";

const benches: Record<string, Bench> = {
  backup: measureBackup,
  restore: measureRestore,
  validate: measureValidation,
  console: measureConsole,
};

await main(async () => {
  const { name, sizes, changes, afterCheckpoint, runs, json } = parse();
  if (json) printBesideOutput();
  print(`\n${bold(`Bench: ${name}`)} ${dim("on a stack of its own")}\n`);
  const { on, outcome } = await withScratchStack("bench", async (stack, signal) => {
    const on = await machine(stack);
    const outcome: Outcome = { sets: [], comparisons: [] };
    for (const rows of sizes) {
      signal.throwIfAborted();
      const data = await fill(stack, rows);
      for (const changed of changes) {
        const context = { stack, data, runs, changed, afterCheckpoint, signal, earlier: outcome.sets };
        const { set, comparisons } = await benches[name](context);
        outcome.sets.push(set);
        outcome.comparisons.push(...comparisons);
      }
    }
    return { on, outcome };
  });
  if (json) writeJson(name, runs, on, outcome);
  printMachine(on);
  printComparisons(outcome, `medians of ${plural(runs, "run")}, in turn`);
});

interface Options {
  name: string;
  sizes: number[];
  /** Percentages, for the bench that changes data; else one undefined. */
  changes: (number | undefined)[];
  afterCheckpoint: boolean;
  runs: number;
  json: boolean;
}

function parse(): Options {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    options: {
      rows: { type: "string", default: "500000" },
      changed: { type: "string" },
      "after-checkpoint": { type: "boolean", default: false },
      runs: { type: "string", default: "5" },
      json: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  const [name, ...more] = positionals;
  if (more.length > 0 || !Object.hasOwn(benches, name ?? "")) {
    throw new Failure(`Say what to measure: ${Object.keys(benches).join(", ")}.`, {
      hint: "For example: deno task bench restore --rows 500000 --changed 0,1,100",
    });
  }
  if ((values.changed !== undefined || values["after-checkpoint"]) && name !== "restore") {
    throw new Failure("--changed and --after-checkpoint belong to the bench restore.");
  }
  return {
    name,
    sizes: values.rows.split(",").map((size) => whole("--rows", size, 1000)),
    changes: name === "restore" ? (values.changed ?? "1").split(",").map(percentage) : [undefined],
    afterCheckpoint: values["after-checkpoint"],
    runs: whole("--runs", values.runs, 1),
    json: values.json,
  };
}

function whole(option: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() !== "" && Number.isInteger(number) && number >= least) return number;
  throw new Failure(`${option} takes whole numbers from ${count(least)}, not “${text}”.`);
}

function percentage(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= 0 && number <= 100) return number;
  throw new Failure(`--changed takes percentages from 0 to 100, not “${text}”.`);
}

function writeJson(bench: string, runs: number, on: Machine, outcome: Outcome): void {
  const text = JSON.stringify({ bench, runs, machine: on, ...outcome }, null, 2);
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
