import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import postgres from "postgres";
import { brokenPromises, unfinished, type Watched } from "../../../../scripts/chaos/promises.ts";
import { mustRun } from "../../../../scripts/stack/command.ts";
import { apiUrl } from "../../../../scripts/stack/people.ts";
import { printNothing } from "../../../../scripts/stack/print.ts";
import { withScratchStack } from "../../../../scripts/stack/scratch.ts";
import { pause } from "../../../../scripts/stack/service.ts";
import type { Stack, StackOptions } from "../../../../scripts/stack/stack.ts";

/** A stack of a test's own, as an operator with the secret key and the owner of the database reach it. */
export interface Project extends Watched {
  stack: Stack;
  sql: postgres.Sql;
  /** The JSON of an answer that must have this status. */
  ask(method: string, path: string, status: number, body?: unknown): Promise<Answer>;
}

// deno-lint-ignore no-explicit-any -- as the API answers it; the tests assert what they need of it
export type Answer = any;

/** A stack for this test only; it is gone afterwards. */
export async function withProject(
  work: (project: Project) => Promise<void>,
  options: Omit<StackOptions, "fresh" | "signal"> = {},
): Promise<void> {
  printNothing();
  await withScratchStack("alone", async (stack) => {
    const sql = postgres(stack.cluster.project.url, { max: 2, idle_timeout: 1, onnotice: () => {} });
    const url = apiUrl(stack.ports);
    const { secretKey } = stack.secrets;
    const ask = async (method: string, path: string, status: number, body?: unknown) => {
      const response = await fetch(`${url}/functions/v1/backups${path}`, {
        method,
        headers: { apikey: secretKey, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      assert.equal(response.status, status, `${method} ${path}: ${text}`);
      return JSON.parse(text);
    };
    try {
      await work({ stack, sql, apiUrl: url, secretKey, ask });
    } finally {
      await sql.end({ timeout: 2 });
    }
  }, options);
}

/** Looks every quarter of a second until there is something to return. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  seconds = 60,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < deadline, `not within ${seconds} s: ${what}`);
    await pause(250);
  }
}

export function completed({ ask }: Project, backupId: string, seconds = 60): Promise<Answer> {
  return until("the backup ends", async () => {
    const { backup } = await ask("GET", `/${backupId}`, 200);
    assert.ok(["queued", "processing", "completed"].includes(backup.status), JSON.stringify(backup.error));
    return backup.status === "completed" && backup;
  }, seconds);
}

export function settled({ ask }: Project, restoreId: string, seconds = 60): Promise<Answer> {
  return until("nobody works on the restore", async () => {
    const { restore } = await ask("GET", `/restores/${restoreId}`, 200);
    return !["queued", "staging", "applying"].includes(restore.status) && restore;
  }, seconds);
}

/** Without anybody's help. */
export async function assertNothingLeft(project: Project): Promise<void> {
  await until("every job ends", async () => (await unfinished(project)).length === 0, 90);
  assert.deepEqual(await brokenPromises(project), []);
}

/** Of each table of the project's data, a hash of all its rows as COPY writes them. */
export async function contents({ stack, sql }: Project): Promise<Record<string, string>> {
  const tables = await sql`
    select format('%I.%I', schema_name, table_name) as name from backup.select_tables() order by 1`;
  const { env, target } = stack.cluster.project;
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const copy = `copy (select * from ${name} as r order by r::text collate "C") to stdout`;
    const rows = await mustRun("psql", `${target.bin}/psql`, { args: ["-X", "-q", "-c", copy], env });
    found[name] = `${rows.split("\n").length - 1} rows, ${createHash("sha256").update(rows).digest("hex")}`;
  }
  return found;
}
