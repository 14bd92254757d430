import assert from "node:assert/strict";
import { pause } from "../../backup/_support/waiting.ts";
import { call, json, secret } from "../../_support/api.ts";

// deno-lint-ignore no-explicit-any -- as the API answers it; the tests assert what they need of it
export type Restore = any;

/** The members of a request's body, as the API names them. */
export type Wish = Record<string, unknown>;

export function askForPreview(backupId: string, wish: Wish = {}): Promise<Response> {
  return call("POST", `/backups/${backupId}/preview`, { as: secret, body: wish });
}

export function askToApply(restore: Restore, wish: Wish = {}): Promise<Response> {
  const body = { restore_id: restore.id, ...wish };
  return call("POST", `/backups/${restore.backup_id}/restore`, { as: secret, body });
}

export function askForUndo(restore: Restore, wish: Wish = {}): Promise<Response> {
  return call("POST", `/backups/restores/${restore.id}/undo`, { as: secret, body: wish });
}

export function askToDiscard(restore: Restore): Promise<Response> {
  return call("DELETE", `/backups/restores/${restore.id}`, { as: secret });
}

/** A preview that must come about. */
export async function preview(backupId: string, wish: Wish = {}): Promise<Restore> {
  return assertStatus(await settled(await accepted(askForPreview(backupId, wish))), "previewed");
}

/** Applies what was previewed, which must succeed. */
export async function apply(restore: Restore, wish: Wish = {}): Promise<Restore> {
  return assertStatus(await settled(await accepted(askToApply(restore, wish))), "completed");
}

/** Applies what was previewed, which must fail with this code. */
export async function failingApply(restore: Restore, code: string, wish: Wish = {}): Promise<Restore> {
  const failed = assertStatus(await settled(await accepted(askToApply(restore, wish))), "failed");
  assert.equal(failed.error.code, code, JSON.stringify(failed.error));
  assert.ok(failed.error.message.length > 10, failed.error.message);
  return failed;
}

/** Without a preview, whatever comes of it. */
export async function restoreAtOnce(backupId: string, wish: Wish = {}): Promise<Restore> {
  const body = { skip_preview: true, ...wish };
  return await settled(await accepted(call("POST", `/backups/${backupId}/restore`, { as: secret, body })));
}

export async function undo(restore: Restore, wish: Wish = {}): Promise<Restore> {
  return assertStatus(await settled(await accepted(askForUndo(restore, wish))), "completed");
}

export async function discard(restore: Restore): Promise<void> {
  await json(askToDiscard(restore), 202);
}

/** The id of a restore that was accepted. */
export async function accepted(answer: Promise<Response>): Promise<string> {
  const { restore, restoreId } = await json(answer, 202);
  assert.equal(restore.id, restoreId);
  return restoreId;
}

export async function getRestore(id: string): Promise<Restore> {
  return (await json(call("GET", `/backups/restores/${id}`, { as: secret }))).restore;
}

/** The restore, once nobody works on it. */
export async function settled(id: string): Promise<Restore> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const restore = await getRestore(id);
    if (!["queued", "staging", "applying"].includes(restore.status)) return restore;
    assert.ok(
      Date.now() < deadline,
      `restore ${id} is still ${restore.status} (${restore.phase}): ${JSON.stringify(restore.progress)}`,
    );
    await pause(50);
  }
}

function assertStatus(restore: Restore, status: string): Restore {
  assert.equal(restore.status, status, JSON.stringify(restore.error ?? restore.preview?.blocking));
  return restore;
}
