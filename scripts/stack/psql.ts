import { type CommandResult, run } from "./command.ts";
import { Failure } from "./failure.ts";

export interface PsqlTarget {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  bin: string;
}

/** Statements and files through psql. The password goes through the environment, so no process list shows it. */
export class Psql {
  constructor(readonly target: PsqlTarget) {}

  get url(): string {
    const { user, password, host, port, database } = this.target;
    return `postgresql://${user}:${password}@${host}:${port}/${database}`;
  }

  /** What psql, pg_prove and other libpq programs read. */
  get env(): Record<string, string> {
    const { host, port, user, password, database } = this.target;
    return {
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: user,
      PGPASSWORD: password,
      PGDATABASE: database,
      PGCONNECT_TIMEOUT: "5",
      PGAPPNAME: "alumni-backup-stack",
    };
  }

  async answers(): Promise<boolean> {
    return (await this.#psql(["-c", "select 1"])).ok;
  }

  /** The rows of a query, each as its columns' texts. */
  async rows(sql: string): Promise<string[][]> {
    const result = await this.#psql(["-At", "-F", "\x1f", "-R", "\x1e", "-c", sql]);
    if (!result.ok) throw new Failure(`A query of the local stack failed:\n${result.stderr.trim()}`);
    const text = result.stdout.replace(/\n$/, "");
    return text === "" ? [] : text.split("\x1e").map((row) => row.split("\x1f"));
  }

  async value(sql: string): Promise<string | undefined> {
    return (await this.rows(sql))[0]?.[0];
  }

  /** Runs a file in one transaction; `env` reaches it through `\getenv`. */
  async file(path: string, env: Record<string, string> = {}): Promise<void> {
    const result = await this.#psql(["-1", "-f", path], { env });
    if (!result.ok) throw new Failure(`${path} failed:\n${result.stderr.trim()}`);
  }

  /** Runs a script that is read from a stream, in one transaction. */
  stream(script: ReadableStream<Uint8Array>): Promise<CommandResult> {
    const env = { PGOPTIONS: "-c client_min_messages=warning" };
    return this.#psql(["-1", "-f", "-"], { stdin: script, env });
  }

  #psql(
    args: string[],
    more: { env?: Record<string, string>; stdin?: ReadableStream<Uint8Array> } = {},
  ): Promise<CommandResult> {
    return run(`${this.target.bin}/psql`, {
      args: ["-X", "-q", "-v", "ON_ERROR_STOP=1", ...args],
      env: { ...this.env, ...more.env },
      stdin: more.stdin,
    });
  }
}
