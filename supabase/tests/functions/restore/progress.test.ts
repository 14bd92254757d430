/** While a restore is staged and applied, everybody can see how far it is. */
import assert from "node:assert/strict";
import { test } from "../_support/stack.ts";
import { withFaultyStorage } from "../backup/_support/faulty_storage.ts";
import { runWorker } from "../backup/_support/own_worker.ts";
import { pause } from "../backup/_support/waiting.ts";
import { readerCount } from "./_support/readers.ts";
import { getRestore, type Restore, settled } from "./_support/restores.ts";
import { slowRows, whileApplying, whileStaging } from "./_support/waiting_restores.ts";

test("progress: part by part while it is staged", async () => {
  await whileStaging(async (id) => {
    const seen = await withFaultyStorage(async ({ operation }) => {
      if (operation === "download") await pause(150);
    }, (storageUrl) => watched(id, runWorker(id, { storageUrl })));

    const staging = seen.filter(({ phase, progress }) => phase === "staging" && progress.parts_done > 0);
    const done = staging.map(({ progress }) => progress.parts_done);
    assert.ok(new Set(done).size >= 4, `seen ${done}`);
    assert.deepEqual(done, done.toSorted((a, b) => a - b));
    for (const { progress } of staging) {
      assert.ok(progress.parts_done <= progress.parts_total);
      assert.ok(progress.percent >= 0 && progress.percent < 100);
      assert.ok(progress.rows > 0 && progress.rows <= readerCount && progress.raw_bytes > 0);
    }
    assert.equal((await settled(id)).status, "previewed");
  });
});

test("progress: while it is applied, though nobody can see its transaction", async () => {
  await whileApplying(async ({ id }) => {
    const seen = await watched(id, runWorker(id));
    const applying = seen.filter(({ phase, progress }) =>
      phase === "applying" && progress.phase === "applying"
    );
    assert.ok(applying.length > 0, JSON.stringify(seen.map(({ phase, progress }) => [phase, progress])));
    for (const { progress } of applying) assert.ok(progress.percent >= 0 && progress.percent < 100);
    assert.equal((await settled(id)).status, "completed");
  }, slowRows);
});

/** The restore as it is seen again and again while somebody works on it. */
async function watched(id: string, work: Promise<void>): Promise<Restore[]> {
  const seen: Restore[] = [];
  let isOver = false;
  work.finally(() => isOver = true);
  while (!isOver) {
    seen.push(await getRestore(id));
    await pause(100);
  }
  await work;
  return seen;
}
