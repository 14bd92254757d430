import { dim, printError, red } from "./print.ts";

/** Something a person can act on: it is shown as a message without a stack trace. */
export class Failure extends Error {
  /** What to do about it. */
  hint?: string;
  /** The log that says more; its last lines are shown. */
  log?: string;

  constructor(message: string, more: { hint?: string; log?: string; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.hint = more.hint;
    this.log = more.log;
  }
}

export function explain(error: unknown): void {
  if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    error = new Failure(error.message);
  }
  if (!(error instanceof Failure)) {
    printError(`\n${red("Failed:")} ${error instanceof Error ? error.stack ?? error.message : error}`);
    return;
  }
  printError(`\n${red("Failed:")} ${error.message}`);
  if (error.log) {
    const lines = lastLines(error.log, 12);
    if (lines.length > 0) printError(dim(lines.map((line) => `  │ ${line}`).join("\n")));
    printError(`  The whole log: ${error.log}`);
  }
  if (error.hint) printError(`  ${error.hint}`);
}

/** Runs a command of ours to its end and leaves with its exit code. */
export async function main(work: () => Promise<number | void>): Promise<never> {
  try {
    Deno.exit(await work() ?? 0);
  } catch (error) {
    explain(error);
    Deno.exit(1);
  }
}

function lastLines(file: string, wanted: number): string[] {
  try {
    return Deno.readTextFileSync(file).trimEnd().split("\n").slice(-wanted);
  } catch {
    return [];
  }
}
