import { bold, bytes, count, dim, green, pairs, print, red, table } from "../stack/print.ts";
import type { Machine } from "./machine.ts";
import type { Comparison, Outcome, Unit } from "./types.ts";

export function printMachine(on: Machine): void {
  print(`\n${bold("Machine")}\n`);
  print(pairs([
    ["processor", `${on.cpu}, ${on.cores} cores`],
    ["memory", bytes(on.memoryBytes)],
    ["system", on.os],
    ["versions", `Postgres ${on.postgres}, Deno ${on.deno}`],
  ]));
}

export function printComparisons({ sets, comparisons }: Outcome, how: string): void {
  for (const { data: { profiles }, changed, phases } of sets) {
    const of = changed === undefined ? "" : `, ${changed} % changed`;
    print(`\n${bold(`${count(profiles)} profiles${of}`)} ${dim(how)}\n`);
    print(table(
      ["", "ours", "theirs", "ratio", "needed", "theirs is"],
      comparisons.filter((one) => one.profiles === profiles && one.changed === changed).map(row),
      [1, 2, 3],
    ));
    if (phases) print(`\n  ours: ${Object.entries(phases).map(phase).join(" · ")}`);
  }
  print();
}

function row({ name, unit, ours, theirs, ratio, limit, met, against }: Comparison): string[] {
  const needed = limit === undefined ? "" : `≤ ${limit} ${met ? green("✓") : red("✗")}`;
  return [name, show[unit](ours), show[unit](theirs), ratio.toFixed(2), needed, dim(against)];
}

const phase = ([name, time]: [string, number]) => `${name} ${show.seconds(time)}`;

const show: Record<Unit, (value: number) => string> = {
  "seconds": (value) => `${value.toFixed(2)} s`,
  "bytes": bytes,
  "bytes per second": (value) => `${bytes(value)}/s`,
};
