/** A storage that misbehaves while an archive is read, by a preview or by a drill; and what else it can do to a backup. */
import assert from "node:assert/strict";
import { call, json, secret } from "../_support/api.ts";
import { bucket, ended } from "../_support/backups.ts";
import { test } from "../_support/stack.ts";
import { partsOf } from "../backup/_support/archive.ts";
import {
  brokenOff,
  type Fault,
  refusal,
  type StorageCall,
  withFaultyStorage,
} from "../backup/_support/faulty_storage.ts";
import { runWorker, withWaitingBackup } from "../backup/_support/own_worker.ts";
import { onlyOnce, tinySlices, withSettings } from "../backup/_support/settings.ts";
import { pause } from "../backup/_support/waiting.ts";
import { readerChanges, readers, withChangedReaders } from "../restore/_support/readers.ts";
import { accepted, askForPreview, discard, settled } from "../restore/_support/restores.ts";
import { testInSteps } from "../restore/_support/steps.ts";
import { assertNothingLeft } from "./_support/nothing_left.ts";
import { withoutStackWorker } from "./_support/stack_process.ts";

/** A fault, and how a preview and a drill end over it: well, or with a code each. */
interface Misbehaviour {
  fault: (parts: string[]) => Fault;
  preview: "previewed" | string;
  drill: "passed" | "error" | string;
}

const onDownload = (wanted: (call: StorageCall) => boolean, fault: Fault): Fault => (call) =>
  call.operation === "download" && wanted(call) ? fault(call) : undefined;
const everyThird = (call: StorageCall) => call.count % 3 === 0;
const fromThird = (call: StorageCall) => call.count > 2;

const reading: Record<string, Misbehaviour> = {
  "answers 500 now and then": {
    fault: () => onDownload(everyThird, () => refusal(500, "Internal")),
    preview: "previewed",
    drill: "passed",
  },
  "asks to slow down (429)": {
    fault: () => onDownload(everyThird, () => refusal(429, "Too many requests", { "retry-after": "1" })),
    preview: "previewed",
    drill: "passed",
  },
  "closes in the middle of an object now and then": {
    fault: () => onDownload(everyThird, brokenOff),
    preview: "previewed",
    drill: "passed",
  },
  "is slow": {
    fault: () =>
      onDownload(() => true, async (call) => {
        const answer = await call.forward();
        await pause(60);
        return answer;
      }),
    preview: "previewed",
    drill: "passed",
  },
  "closes in the middle of every object": {
    fault: () => onDownload(fromThird, brokenOff),
    preview: "storage_unavailable",
    drill: "error",
  },
  "wants to be paid (402)": {
    fault: () => onDownload(fromThird, () => refusal(402, "Payment required")),
    preview: "storage_refused",
    drill: "error",
  },
  "has lost an object": {
    fault: (parts) => onDownload(({ path }) => path === parts[3], () => refusal(404, "not_found")),
    preview: "part_missing",
    drill: "part_missing",
  },
  "returns another object's bytes": {
    fault: (parts) =>
      onDownload(({ path }) => path === parts[3], async () => new Response(await bucket.download(parts[4]))),
    preview: "part_corrupt",
    drill: "part_corrupt",
  },
};

testInSteps("storage: whatever it does to a preview or a drill, nothing wrong comes of it", async (t) => {
  await withSettings(onlyOnce, () =>
    withChangedReaders(async (backupId) => {
      const parts = (await partsOf(backupId)).map(({ path }) => path);
      const before = await readers();
      for (const [name, { fault, preview, drill }] of Object.entries(reading)) {
        await t.step(`preview: it ${name}`, async () => {
          let id = "";
          await withoutStackWorker(async () => {
            id = await accepted(askForPreview(backupId));
            await withFaultyStorage(fault(parts), (storageUrl) => runWorker(id, { storageUrl }));
          });
          const restore = await settled(id);
          if (preview === "previewed") {
            assert.equal(restore.status, "previewed", JSON.stringify(restore.error));
            assert.deepEqual(restore.preview.totals, readerChanges);
            await discard(restore);
          } else {
            assert.deepEqual([restore.status, restore.error?.code], ["failed", preview]);
          }
          assert.equal(await readers(), before);
          await assertNothingLeft();
        });
        await t.step(`drill: it ${name}`, async () => {
          await withoutStackWorker(async () => {
            await json(call("POST", `/backups/${backupId}/verify`, { as: secret }), 202);
            await withFaultyStorage(fault(parts), (storageUrl) => runWorker(backupId, { storageUrl }));
          });
          const { verification, verified_at } = await ended(backupId);
          if (drill === "passed" || drill === "error") {
            assert.equal(verification.status, drill, JSON.stringify(verification));
          } else {
            assert.equal(verification.status, "failed", JSON.stringify(verification));
            assert.deepEqual(verification.differences.map(({ kind }: { kind: string }) => kind), [drill]);
          }
          // That the storage did not answer says nothing against an archive that was proved before.
          if (drill !== "error") assert.equal(verified_at !== null, drill === "passed");
          await assertNothingLeft();
        });
      }
    }));
});

const writing: Record<string, { fault: Fault; code: string | null }> = {
  "is slow": {
    fault: async (call) => {
      const answer = await call.forward();
      await pause(60);
      return answer;
    },
    code: null,
  },
  "wants to be paid (402)": {
    fault: (call) =>
      call.operation === "upload" && call.count > 3 ? refusal(402, "Payment required") : undefined,
    code: "storage_refused",
  },
  "accepts and loses the manifest": {
    fault: (call) =>
      call.operation === "upload" && call.path.endsWith("/manifest.json")
        ? Response.json({ Key: call.path })
        : undefined,
    code: "part_missing",
  },
};

for (const [name, { fault, code }] of Object.entries(writing)) {
  test(`storage: a backup when it ${name}`, async () => {
    await withSettings(tinySlices, () =>
      withWaitingBackup({ tables: ["profiles"] }, async (id) => {
        await withFaultyStorage(fault, (storageUrl) => runWorker(id, { storageUrl, storageTimeoutMs: 5000 }));
        const backup = await ended(id);
        assert.deepEqual([backup.status, backup.error?.code ?? null], [code ? "failed" : "completed", code]);
        await assertNothingLeft();
      }));
  });
}
