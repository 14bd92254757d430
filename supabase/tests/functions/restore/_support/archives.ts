import assert from "node:assert/strict";
import { call, json, secret } from "../../_support/api.ts";
import { ended, removeBackup } from "../../_support/backups.ts";
import { sql } from "../../_support/stack.ts";
import { label } from "./specimen.ts";

/**
 * A completed backup of these tables, whatever the rules say of them; gone again
 * after the work, with its restores and their safety backups.
 */
export async function withBackupOf(
  tables: string[],
  work: (backupId: string) => Promise<void>,
): Promise<void> {
  const body = {
    tables: tables.map(label),
    override_validation: true,
    override_reason: "a test of odd data",
  };
  const { backupId } = await json(call("POST", "/backups", { as: secret, body }), 202);
  try {
    const backup = await ended(backupId);
    assert.equal(backup.status, "completed", JSON.stringify(backup.error));
    await work(backupId);
  } finally {
    await forget(backupId);
  }
}

/** However the test ended: no restore, no staged table, no backup. */
async function forget(backupId: string): Promise<void> {
  await forgetRestores(backupId);
  await removeBackup(backupId);
}

/** The restores of a backup, with all that each has left: staging, notifications, its safety backup. */
export async function forgetRestores(backupId: string): Promise<void> {
  const restores = await sql`
    select restore_id as id, safety_backup_id from backup.restores where backup_id = ${backupId}`;
  for (const { id } of restores) {
    await (await call("DELETE", `/backups/restores/${id}`, { as: secret })).body?.cancel();
  }
  await sql`
    delete from backup.notifications
    where details ->> 'restore_id' in (select restore_id::text from backup.restores where backup_id = ${backupId})`;
  await sql`delete from backup.restores where backup_id = ${backupId}`;
  const safetyBackups = restores.map(({ safety_backup_id }) => safety_backup_id).filter((id) => id !== null);
  await Promise.all(safetyBackups.map(forget));
}

/** The tables that restores have staged and not removed; a drill that the sweep has begun may have some of its own. */
export async function stagedTables(): Promise<string[]> {
  const rows = await sql`
    select relname from pg_class
    where relnamespace = 'backup_staging'::regnamespace and relkind in ('r', 'p') and relname like 'r\\_%'`;
  return rows.map(({ relname }) => relname);
}
