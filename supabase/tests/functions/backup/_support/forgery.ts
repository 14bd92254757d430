import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import { createDecrypt, createEncrypt } from "../../../../functions/_shared/age.ts";
import { bucket } from "../../_support/backups.ts";
import { sql, variable } from "../../_support/stack.ts";
import { sha256, type StoredPart } from "./archive.ts";

/** Changes an object of the bucket as it is stored. */
export async function change(path: string, edit: (bytes: Uint8Array) => Uint8Array): Promise<void> {
  await bucket.upload(path, new Uint8Array(edit(await bucket.download(path))));
}

/** Somebody who may write to bucket and catalogue; to encrypt, the public key is enough. */
export async function forge(part: StoredPart, edit: (script: string) => string): Promise<string> {
  const decrypt = createDecrypt(variable("BACKUP_AGE_IDENTITY"))!;
  const encrypt = await createEncrypt(variable("BACKUP_AGE_RECIPIENTS"));
  const script = decode(gunzipSync(await decrypt(await bucket.download(part.path))));
  const forged = edit(script);
  assert.notEqual(forged, script);
  await storeAs(part, await encrypt(gzipSync(forged)));
  return forged;
}

/** As forge, and the catalogue believes in the rows, too. */
export async function forgeRows(part: StoredPart, edit: (rows: string) => string): Promise<void> {
  const [{ prefix, suffix }] = await sql`
    select prefix, suffix from backup.backup_parts where object_path = ${part.path}`;
  const forged = await forge(
    part,
    (script) => prefix + edit(script.slice(prefix.length, script.length - suffix.length)) + suffix,
  );
  const rows = new TextEncoder().encode(forged.slice(prefix.length, forged.length - suffix.length));
  const count = rows.filter((byte) => byte === 10).length;
  await sql`
    update backup.backup_parts set raw_sha256 = ${
    sha256(rows)
  }, raw_bytes = ${rows.length}, row_count = ${count}
    where object_path = ${part.path}`;
  await sql`
    update backup.backup_tables as covered
    set row_count = (select sum(part.row_count) from backup.backup_parts as part
                     where part.backup_id = covered.backup_id and part.table_ordinal = covered.ordinal)
    where covered.backup_id = split_part(${part.path}, '/', 1)::uuid`;
}

export async function storeAs(part: StoredPart, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await bucket.upload(part.path, bytes);
  await sumsOf(part, bytes);
}

/** The catalogue describes these bytes. */
export async function sumsOf(part: StoredPart, bytes: Uint8Array): Promise<void> {
  await sql`
    update backup.backup_parts set stored_sha256 = ${sha256(bytes)}, stored_bytes = ${bytes.length}
    where object_path = ${part.path}`;
}

export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
