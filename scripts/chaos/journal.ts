import { dim, pairs, plural, print } from "../stack/print.ts";

/** What was done, what came of it, and when: enough to see what led to a broken promise. */
export class Journal {
  readonly #began = performance.now();
  readonly #last: string[] = [];
  readonly #counts = new Map<string, number>();

  get elapsed(): number {
    return performance.now() - this.#began;
  }

  /** A kind of event is counted; what is particular to this one is kept for a while. */
  note(kind: string, particular = ""): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    this.#last.push(
      `${(this.elapsed / 1000).toFixed(2).padStart(8)} s  ${kind}${particular && ` ${particular}`}`,
    );
    if (this.#last.length > 400) this.#last.shift();
  }

  printLast(count: number): void {
    print(`\n${dim("What happened last:")}`);
    for (const line of this.#last.slice(-count)) print(`  ${line}`);
  }

  /** In a few words, how far it is. */
  line(): string {
    const sum = (prefix: string) =>
      [...this.#counts].reduce((total, [kind, count]) => kind.startsWith(prefix) ? total + count : total, 0);
    const parts = [
      `${sum("asked: ")} requests`,
      `${sum("fault: ")} faults`,
      `${sum("wrote: ")} writes`,
      `${sum("ended: ")} ends`,
      plural(sum("checked: "), "check"),
    ];
    return parts.join(", ");
  }

  printSummary(): void {
    print(`\n${dim("What it did, what came of it, and what it looked at:")}`);
    const rows = [...this.#counts].sort(([one], [other]) => one < other ? -1 : 1);
    print(pairs(rows.map(([kind, count]) => [kind, String(count)])));
  }
}
