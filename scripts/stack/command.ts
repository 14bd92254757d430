import { Failure } from "./failure.ts";

export interface CommandOptions {
  args?: string[];
  env?: Record<string, string>;
  cwd?: string;
  stdin?: string | ReadableStream<Uint8Array>;
  uid?: number;
  gid?: number;
}

export interface CommandResult {
  ok: boolean;
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end and keeps what it said. */
export async function run(program: string, options: CommandOptions = {}): Promise<CommandResult> {
  const { stdin, ...rest } = options;
  const child = new Deno.Command(program, {
    ...rest,
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [{ code, success, stdout, stderr }] = await Promise.all([child.output(), feed(child, stdin)]);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { ok: success, code, stdout: text(stdout), stderr: text(stderr) };
}

/** As `run`, but a failure is an error that shows what the program complained about. */
export async function mustRun(what: string, program: string, options: CommandOptions = {}): Promise<string> {
  const result = await run(program, options);
  if (result.ok) return result.stdout;
  throw new Failure(
    `${what} failed (exit code ${result.code}):\n${(result.stderr || result.stdout).trimEnd()}`,
  );
}

async function feed(child: Deno.ChildProcess, input: CommandOptions["stdin"]): Promise<void> {
  if (input === undefined) return;
  const body = typeof input === "string" ? new Blob([input]).stream() : input;
  try {
    await body.pipeTo(child.stdin);
  } catch (error) {
    // The program stopped reading: its exit code and its message tell why.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
