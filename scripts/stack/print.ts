// deno-lint-ignore-file no-console
/** Everything that a person reads on the terminal goes through here. */

let output: typeof Deno.stdout | typeof Deno.stderr = Deno.stdout;
let styled = output.isTerminal() && !Deno.noColor;

/** For commands whose standard output is read by a program: what a person reads goes beside it. */
export function printBesideOutput(): void {
  output = Deno.stderr;
  styled = output.isTerminal() && !Deno.noColor;
}

/** For programs that run beside others who print: nothing is printed but errors. */
export function printNothing(): void {
  isSilent = true;
  styled = false;
}

let isSilent = false;

const paint = (code: number) => (text: string) => styled ? `\x1b[${code}m${text}\x1b[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

export function print(text = ""): void {
  if (isSilent) return;
  if (output === Deno.stdout) console.log(text);
  else console.error(text);
}
export const printError = (text = "") => console.error(text);

/**
 * Runs one step and prints a single line for it: its name, what came of it, how long it took. An
 * outcome can say that it failed though nothing went wrong with the step itself.
 */
export async function step<T>(
  name: string,
  work: () => Promise<T>,
  outcome: (result: T) => string | { failed: string } | undefined = () => undefined,
): Promise<T> {
  const began = performance.now();
  if (styled) output.writeSync(encoder.encode(`  ${dim("…")} ${name}`));
  const line = (mark: string, said?: string) => {
    const took = performance.now() - began;
    const time = took < 1000 ? "" : dim(` ${seconds(took)}`);
    print(`${styled ? "\r\x1b[2K" : ""}  ${mark} ${name.padEnd(16)}${said ? ` ${said}` : ""}${time}`);
  };
  try {
    const result = await work();
    const said = outcome(result);
    if (typeof said === "object") line(red("✗"), said.failed);
    else line(green("✓"), said);
    return result;
  } catch (error) {
    line(red("✗"));
    throw error;
  }
}

const encoder = new TextEncoder();

export const note = (text: string) => print(`  ${yellow("!")} ${text}`);

/** Lines of two columns, the first padded to the widest. */
export function pairs(rows: [string, string][], indent = "  "): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${indent}${dim(name.padEnd(width))}  ${value}`).join("\n");
}

/** A plain table; columns named in `right` are aligned to the right. */
export function table(head: string[], rows: string[][], right: number[] = [], indent = "  "): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => visible(row[i]))));
  const cell = (text: string, i: number) => {
    const space = " ".repeat(widths[i] - visible(text));
    return right.includes(i) ? space + text : text + space;
  };
  const lines = [head.map((title, i) => dim(cell(title, i))), ...rows.map((row) => row.map(cell))];
  return lines.map((cells) => `${indent}${cells.join("  ")}`.trimEnd()).join("\n");
}

// deno-lint-ignore no-control-regex
const visible = (text: string) => text.replace(/\x1b\[\d+m/g, "").length;

export const count = (n: number) => n.toLocaleString("en");

export const plural = (n: number, one: string, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

export function bytes(n: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) n /= 1000, unit++;
  return `${unit === 0 ? n : n.toFixed(n < 10 ? 2 : 1)} ${units[unit]}`;
}

export const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`;
