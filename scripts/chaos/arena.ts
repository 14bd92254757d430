import { createHash } from "node:crypto";
import postgres from "postgres";
import { mustRun } from "../stack/command.ts";
import { apiUrl } from "../stack/people.ts";
import type { Stack } from "../stack/stack.ts";
import { ExtraWorker } from "./extra_worker.ts";
import type { FaultyStorage } from "./faulty_storage.ts";
import type { Journal } from "./journal.ts";
import { accountsTotal, arrange } from "./writers.ts";
import type { Watched } from "./promises.ts";

/** What a backup held that was made while nobody wrote, table by table. */
export type Contents = Record<string, string>;

/** Where it all happens: a stack, somebody who writes, somebody who operates, and faults. */
export class Arena implements Watched {
  readonly apiUrl: string;
  readonly secretKey: string;
  /** Backups of which is known what they must hold. */
  readonly known = new Map<string, Contents>();

  private constructor(
    readonly stack: Stack,
    readonly sql: postgres.Sql,
    readonly storage: FaultyStorage,
    readonly journal: Journal,
    readonly worker: ExtraWorker,
  ) {
    this.apiUrl = apiUrl(stack.ports);
    this.secretKey = stack.secrets.secretKey;
  }

  static async open(stack: Stack, storage: FaultyStorage, journal: Journal): Promise<Arena> {
    const sql = postgres(stack.cluster.project.url, {
      max: 6,
      idle_timeout: 5,
      connect_timeout: 5,
      onnotice: () => {},
      connection: { application_name: "chaos", statement_timeout: 30_000 },
    });
    await arrange(sql);
    return new Arena(stack, sql, storage, journal, await ExtraWorker.start(stack, storage));
  }

  async close(): Promise<void> {
    await this.worker.kill();
    await this.sql.end({ timeout: 2 });
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
        signal: AbortSignal.timeout(30_000),
      });
      const text = await response.text();
      return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
    } catch {
      return undefined;
    }
  }

  /** Of each table, a hash of all its rows as COPY writes them. */
  async contents(): Promise<Contents> {
    const tables = await this.sql`
      select format('%I.%I', schema_name, table_name) as name from backup.select_tables() order by 1`;
    const { env, target } = this.stack.cluster.project;
    const found: Contents = {};
    for (const { name } of tables) {
      const copy = `copy (select * from ${name} as r order by r::text collate "C") to stdout`;
      const rows = await mustRun("psql", `${target.bin}/psql`, { args: ["-X", "-q", "-c", copy], env });
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

// deno-lint-ignore no-explicit-any -- as the API answers it
export type Answer = any;
