import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { bucket } from "../../_support/backups.ts";
import { sql } from "../../_support/stack.ts";

export interface StoredPart {
  ordinal: number;
  table: string | null;
  path: string;
  rows: number;
  rawSha256: string;
}

/** The parts of an archive in order, as the catalogue knows them. */
export async function partsOf(id: string): Promise<StoredPart[]> {
  return await sql<StoredPart[]>`
    select part.ordinal, covered.schema_name || '.' || covered.table_name as "table", part.object_path as path,
           part.row_count::int as rows, part.raw_sha256 as "rawSha256"
    from backup.backup_parts as part
    left join backup.backup_tables as covered
      on covered.backup_id = part.backup_id and covered.ordinal = part.table_ordinal
    where part.backup_id = ${id}
    order by part.ordinal`;
}

/** The bucket has each part as the catalogue describes it, the manifest, and (unless something strayed in) nothing else. */
export async function assertWhole(
  id: string,
  strays: "no strays" | "maybe strays" = "no strays",
): Promise<void> {
  const [backup] = await sql`select status, error, manifest_sha256 from public.backups where id = ${id}`;
  assert.equal(backup.status, "completed", JSON.stringify(backup.error));
  const expected = new Map<string, string>([[`${id}/manifest.json`, backup.manifest_sha256]]);
  for (
    const { object_path, stored_sha256 } of await sql`
    select object_path, stored_sha256 from backup.backup_parts where backup_id = ${id}`
  ) {
    expected.set(object_path, stored_sha256);
  }
  const found = (await pathsOf(id)).filter((path) => strays === "no strays" || expected.has(path));
  assert.deepEqual(found.sort(), [...expected.keys()].sort());
  for (const [path, hash] of expected) {
    assert.equal(sha256(await bucket.download(path)), hash, `${path} is what was stored`);
  }
}

export async function pathsOf(id: string): Promise<string[]> {
  return (await bucket.list(id)).map(({ path }) => path);
}

/** It failed with this code, says something useful, and left nothing in the bucket. */
export async function assertFailedClean(
  id: string,
  code: string,
): Promise<{ message: string; hint: string | null }> {
  const error = await assertFailed(id, code);
  assert.deepEqual(await pathsOf(id), [], "no orphan objects");
  return error;
}

export async function assertFailed(
  id: string,
  code: string,
): Promise<{ message: string; hint: string | null }> {
  const [{ status, error, phase }] =
    await sql`select status, error, phase from public.backups where id = ${id}`;
  assert.equal(status, "failed");
  assert.equal(error.code, code, JSON.stringify(error));
  assert.ok(error.message.length > 10, error.message);
  assert.equal(phase, null);
  const audited = await sql`select from backup.audit_log where target = ${id} and action = 'backup_failed'`;
  assert.equal(audited.length, 1, "audited once");
  return error;
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
