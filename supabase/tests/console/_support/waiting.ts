import assert from "node:assert/strict";
import { call, json, secret } from "../../functions/_support/api.ts";

// deno-lint-ignore no-explicit-any -- as the API answers it; the tests assert what they need of it
export type Backup = any;

/** A completed backup of everything, made through the API. */
export async function makeBackup(notes: string): Promise<Backup> {
  const { backupId } = await json(
    call("POST", "/backups", { as: secret, body: { notes } }),
    202,
  );
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { backup } = await json(
      call("GET", `/backups/${backupId}`, { as: secret }),
    );
    if (!["queued", "processing"].includes(backup.status)) {
      assert.equal(
        backup.status,
        "completed",
        JSON.stringify(backup.error ?? backup.validation_results),
      );
      return backup;
    }
    assert.ok(
      Date.now() < deadline,
      `backup ${backupId} is still ${backup.status}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export async function removeBackup(id: string): Promise<void> {
  const answer = await call("DELETE", `/backups/${id}`, { as: secret });
  await answer.body?.cancel();
}
