import assert from "node:assert/strict";
import { readEnv } from "../../../functions/_shared/env.ts";
import { createLogger } from "../../../functions/_shared/logger.ts";
import { createBucket } from "../../../functions/_shared/storage.ts";
import { call, json, secret } from "./api.ts";
import { sql } from "./stack.ts";

/** The bucket, as the functions reach it. */
export const bucket = createBucket({
  env: readEnv(Deno.env.toObject()),
  log: createLogger({ level: "silent" }),
});

// deno-lint-ignore no-explicit-any -- as the API answers it; the tests assert what they need of it
export type Backup = any;

/** A real, completed backup, made through the API; gone again after the work. */
export async function withBackup(
  work: (backup: Backup) => Promise<void>,
  request: Record<string, unknown> = {},
): Promise<void> {
  const { backupId } = await json(call("POST", "/backups", { as: secret, body: request }), 202);
  try {
    const backup = await ended(backupId);
    assert.equal(backup.status, "completed", JSON.stringify(backup.error ?? backup.validation_results));
    await work(backup);
  } finally {
    await removeBackup(backupId);
  }
}

/** A row as it would be in this state, without an archive and without a worker that changes it. */
export async function withRow(
  state: { status?: string; kind?: string; is_pinned?: boolean; created_by?: string; created_at?: string },
  work: (id: string) => Promise<void>,
): Promise<void> {
  const row = { status: "failed", ...state };
  const [{ id }] = await sql`
    insert into public.backups ${
    sql({
      filename: "test.sql.gz",
      tables: ["public.events"],
      ...row,
      ...(row.status === "failed" ? { error: sql.json({ code: "internal", message: "For a test." }) } : {}),
      ...(row.status === "blocked" ? { validation_results: sql.json({ status: "failed", tables: [] }) } : {}),
    })
  } returning id`;
  try {
    await work(id);
  } finally {
    await sql`delete from public.backups where id = ${id}`;
  }
}

/** The backup, once it is neither queued nor processing. */
export async function ended(id: string): Promise<Backup> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { backup } = await json(call("GET", `/backups/${id}`, { as: secret }));
    if (!["queued", "processing"].includes(backup.status)) return backup;
    assert.ok(Date.now() < deadline, `backup ${id} is still ${backup.status}`);
    await pause(200);
  }
}

/** Through the API, until the worker has removed objects and row. */
export async function removeBackup(id: string): Promise<void> {
  await ended(id);
  await json(call("DELETE", `/backups/${id}`, { as: secret }), 202);
  await gone(id);
}

export async function gone(id: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const response = await call("GET", `/backups/${id}`, { as: secret });
    await response.body?.cancel();
    if (response.status === 404) return;
    assert.ok(Date.now() < deadline, `backup ${id} is still there`);
    await pause(200);
  }
}

/** What the audit log says about one request. */
export async function auditOf(
  response: Response,
): Promise<{ action: string; outcome: string; target: string | null }[]> {
  const requestId = response.headers.get("x-request-id") ?? "";
  const rows = await sql`
    select action, outcome, target from backup.audit_log where request_id = ${requestId} order by audit_log_id`;
  return rows.map(({ action, outcome, target }) => ({ action, outcome, target }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
