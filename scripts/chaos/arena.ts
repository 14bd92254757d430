import { createHash } from "node:crypto";
import postgres from "postgres";
import { mustRun } from "../stack/command.ts";
import { apiUrl } from "../stack/people.ts";
import { pause } from "../stack/service.ts";
import type { Stack } from "../stack/stack.ts";
import { ExtraWorker } from "./extra_worker.ts";
import type { FaultyStorage } from "./faulty_storage.ts";
import type { Journal } from "./journal.ts";
import { accountsTotal, arrange } from "./writers.ts";
import type { Statement, Watched } from "./promises.ts";
import { within } from "./within.ts";

/** What a backup held that was made while nobody wrote, table by table. */
export type Contents = Record<string, string>;

/** Where it all happens: a stack, somebody who writes, somebody who operates, and faults. */
export class Arena implements Watched {
  readonly apiUrl: string;
  readonly secretKey: string;
  /** Backups of which is known what they must hold. */
  readonly known = new Map<string, Contents>();
  /** Backups that have been read to their end, and were whole. Drills read them again. */
  readonly proven = new Set<string>();

  private constructor(
    readonly stack: Stack,
    readonly driver: postgres.Sql,
    readonly storage: FaultyStorage,
    readonly journal: Journal,
    readonly worker: ExtraWorker,
  ) {
    this.apiUrl = apiUrl(stack.ports);
    this.secretKey = stack.secrets.secretKey;
  }

  static async open(stack: Stack, storage: FaultyStorage, journal: Journal): Promise<Arena> {
    const driver = connect(stack, 6);
    await arrange(driver);
    return new Arena(stack, driver, storage, journal, await ExtraWorker.start(stack, storage));
  }

  async close(): Promise<void> {
    await this.worker.kill();
    await this.driver.end({ timeout: 2 });
  }

  /** Longer than the server takes for a statement: who waits beyond that waits for an answer that was lost. */
  readonly sql: Statement = (strings, ...values) =>
    within(60, `the statement “${strings.join("…").trim().slice(0, 80)}”`, this.driver(strings, ...values));

  /**
   * A transaction that does this and then nothing, until its connection is closed. Not the driver's own `begin`: its
   * rollback, written into a connection that was lost, ends this process.
   */
  async hold(statement: string, milliseconds: number): Promise<void> {
    const driver = connect(this.stack, 1);
    try {
      await within(60, `“${statement}”`, driver.unsafe(`begin; ${statement}`));
      await pause(milliseconds);
    } finally {
      await driver.end({ timeout: 0 });
    }
  }

  /** As an operator with the secret key; undefined where nobody answered. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Answer } | undefined> {
    try {
      const response = await fetch(`${this.apiUrl}/functions/v1/backups${path}`, {
        method,
        headers: {
          apikey: this.secretKey,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(answerSeconds * 1000),
      });
      const text = await response.text();
      return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
    } catch (error) {
      this.journal.note("asked: no answer", `${method} ${path}: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Of each table, a hash of all its rows as COPY writes them. */
  async contents(): Promise<Contents> {
    const tables = await this.sql`
      select format('%I.%I', schema_name, table_name) as name from backup.select_tables() order by 1`;
    const { env, target } = this.stack.cluster.project;
    const patient = { ...env, PGCONNECT_TIMEOUT: "10", PGOPTIONS: "-c statement_timeout=60s" };
    const found: Contents = {};
    for (const { name } of tables) {
      const copy = `copy (select * from ${name} as r order by r::text collate "C") to stdout`;
      const rows = await mustRun("psql", `${target.bin}/psql`, {
        args: ["-X", "-q", "-c", copy],
        env: patient,
      });
      found[name] = `${rows.split("\n").length - 1} rows, sha256 ${
        createHash("sha256").update(rows).digest("hex")
      }`;
    }
    return found;
  }

  /** What every transaction and every restore of both tables leaves as it was. */
  async accounts(): Promise<{ found: number; expected: number }> {
    const [{ found }] = await this.sql`
      select ((select sum(amount) from public.chaos_left) + (select sum(amount) from public.chaos_right))::int as found`;
    return { found, expected: accountsTotal };
  }
}

/** How long anybody waits for an answer of the API. */
const answerSeconds = 30;

function connect(stack: Stack, max: number): postgres.Sql {
  return postgres(stack.cluster.project.url, {
    max,
    idle_timeout: 5,
    connect_timeout: 5,
    // Nobody here passes arrays; and a connection that is lost while the driver asks for types ends the process.
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: "chaos", statement_timeout: 30_000 },
  });
}

// deno-lint-ignore no-explicit-any -- as the API answers it
export type Answer = any;
