/** Whatever happened to an archive: the restore fails saying which part, and nothing is touched. */
import assert from "node:assert/strict";
import { createEncrypt, generateKeyPair } from "../../../functions/_shared/age.ts";
import { bucket } from "../_support/backups.ts";
import { test, variable } from "../_support/stack.ts";
import { partsOf, type StoredPart } from "../backup/_support/archive.ts";
import { refusal, withFaultyStorage } from "../backup/_support/faulty_storage.ts";
import { change, decode, forge, storeAs, sumsOf } from "../backup/_support/forgery.ts";
import { runWorker, type WorkerOptions } from "../backup/_support/own_worker.ts";
import { onlyOnce, withSettings } from "../backup/_support/settings.ts";
import { stagedTables } from "./_support/archives.ts";
import { withHeldJobs } from "./_support/held_jobs.ts";
import { readerChanges, readers, readersOfBackup, withChangedReaders } from "./_support/readers.ts";
import {
  accepted,
  askForPreview,
  preview,
  type Restore,
  restoreAtOnce,
  settled,
} from "./_support/restores.ts";

interface Damage {
  /** Does it to the parts with rows, of which there are at least eight. */
  how: (parts: StoredPart[], backupId: string) => Promise<unknown>;
  code: "part_corrupt" | "part_missing";
  /** What it must say, and of which object. */
  says: RegExp;
  path: (parts: StoredPart[], backupId: string) => string;
}

const fifth = (parts: StoredPart[]) => parts[5].path;
const manifest = (_: StoredPart[], backupId: string) => `${backupId}/manifest.json`;

const damages: Record<string, Damage> = {
  "two parts are swapped": {
    how: async (parts) => {
      const [a, b] = await Promise.all([bucket.download(parts[5].path), bucket.download(parts[6].path)]);
      await bucket.upload(parts[5].path, b);
      await bucket.upload(parts[6].path, a);
    },
    code: "part_corrupt",
    says: /sha256/,
    path: fifth,
  },
  "one bit of a part is another": {
    how: (parts) =>
      change(parts[5].path, (bytes) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1] ^ 4)),
    code: "part_corrupt",
    says: /sha256/,
    path: fifth,
  },
  "a part is cut short": {
    how: (parts) => change(parts[5].path, (bytes) => bytes.slice(0, -100)),
    code: "part_corrupt",
    says: /sha256/,
    path: fifth,
  },
  "a part is empty": {
    how: (parts) => bucket.upload(parts[5].path, new Uint8Array()),
    code: "part_corrupt",
    says: /sha256/,
    path: fifth,
  },
  "a part is missing": {
    how: (parts) => bucket.remove([parts[5].path]),
    code: "part_missing",
    says: /not in the bucket/,
    path: fifth,
  },
  "the last part is missing": {
    how: (parts) => bucket.remove([parts.at(-1)!.path]),
    code: "part_missing",
    says: /not in the bucket/,
    path: (parts) => parts.at(-1)!.path,
  },
  "the manifest was altered": {
    how: (_, id) =>
      change(`${id}/manifest.json`, (bytes) => new TextEncoder().encode(decode(bytes).replace("1", "2"))),
    code: "part_corrupt",
    says: /manifest\.json.*sha256/,
    path: manifest,
  },
  "the manifest is missing": {
    how: (_, id) => bucket.remove([`${id}/manifest.json`]),
    code: "part_missing",
    says: /manifest\.json/,
    path: manifest,
  },
  // From here on somebody has changed the catalogue too, so that the stored bytes look right.
  "two parts are swapped, and their sums": {
    how: async (parts) => {
      const [a, b] = await Promise.all([bucket.download(parts[5].path), bucket.download(parts[6].path)]);
      await storeAs(parts[5], b);
      await storeAs(parts[6], a);
    },
    code: "part_corrupt",
    says: /rows that were backed up/,
    path: fifth,
  },
  "a row of a part is another": {
    how: (parts) => forge(parts[5], (script) => script.replace(/[0-9a-f]{64}/, "f".repeat(64))),
    code: "part_corrupt",
    says: /rows that were backed up/,
    path: fifth,
  },
  "a row of a part is gone": {
    how: (parts) => forge(parts[5], (script) => script.replace(/\n[^\n]+\n(?=\\\.)/, "\n")),
    code: "part_corrupt",
    says: /rows that were backed up/,
    path: fifth,
  },
  "a part is for another table": {
    how: (parts) => forge(parts[5], (script) => script.replace("public.readers", "public.writers")),
    code: "part_corrupt",
    says: /begin/,
    path: fifth,
  },
  "a part goes on with something else": {
    how: (parts) => forge(parts[5], (script) => script + "drop table public.readers;\n"),
    code: "part_corrupt",
    says: /end|rows/,
    path: fifth,
  },
  "a part is no gzip": {
    how: async (parts) => {
      const encrypt = await createEncrypt(variable("BACKUP_AGE_RECIPIENTS"));
      await storeAs(parts[5], await encrypt(new TextEncoder().encode("no gzip")));
    },
    code: "part_corrupt",
    says: /unzipped/,
    path: fifth,
  },
  "a part is not encrypted": {
    how: async (parts) => await storeAs(parts[5], new TextEncoder().encode("no age file")),
    code: "part_corrupt",
    says: /decrypted/,
    path: fifth,
  },
};

test("damaged archive: every kind of damage is found, named, and does no harm", async () => {
  await withChangedReaders(async (backupId) => {
    const parts = (await partsOf(backupId)).filter(({ table }) => table !== null);
    assert.ok(parts.length >= 8, `${parts.length} parts`);
    const paths = [...parts.map(({ path }) => path), `${backupId}/manifest.json`];
    const whole = await Promise.all(paths.map((path) => bucket.download(path)));
    const before = await readers();

    for (const [name, { how, code, says, path }] of Object.entries(damages)) {
      await how(parts, backupId);
      const restore = await settled(await accepted(askForPreview(backupId)));
      assertFailed(restore, code, name);
      assert.match(restore.error.message, says, name);
      assert.equal(restore.error.details.path, path(parts, backupId), name);
      assert.equal(await readers(), before, name);
      assert.deepEqual(await stagedTables(), [], name);

      await Promise.all(paths.map((each, index) => bucket.upload(each, whole[index])));
      for (const part of parts) await sumsOf(part, whole[paths.indexOf(part.path)]);
    }

    const repaired = await preview(backupId);
    assert.deepEqual(repaired.preview.totals, readerChanges);
  });
});

test("damaged archive: without a preview it does no harm either, and no safety backup is made", async () => {
  await withChangedReaders(async (backupId) => {
    const parts = (await partsOf(backupId)).filter(({ table }) => table !== null);
    const before = await readers();
    await bucket.remove([parts.at(-1)!.path]);
    const restore = await restoreAtOnce(backupId);
    assertFailed(restore, "part_missing");
    assert.equal(restore.safety_backup_id, null);
    assert.equal(await readers(), before);
  });
});

test("damaged archive: it says what was expected and what was found", async () => {
  await withChangedReaders(async (backupId) => {
    const part = (await partsOf(backupId)).filter(({ table }) => table !== null)[5];
    await forge(part, (script) => script.replace(/\n[^\n]+\n(?=\\\.)/, "\n"));
    const { error: { details, hint } } = await settled(await accepted(askForPreview(backupId)));
    assert.equal(details.expected_rows, part.rows);
    assert.equal(details.found_rows, part.rows - 1);
    assert.equal(details.expected_raw_sha256, part.rawSha256);
    assert.notEqual(details.found_raw_sha256, part.rawSha256);
    assert.match(hint, /another backup/);
  });
});

// -- keys and the storage ----------------------------------------------------------------------------------

test("restore: the wrong key, or none", async () => {
  const { identity } = await generateKeyPair();
  await stagedBy({ env: { ageIdentities: identity } }, (restore) => {
    assertFailed(restore, "identity_mismatch");
    assert.match(restore.error.message, /BACKUP_AGE_IDENTITY/);
  });
  await stagedBy({ env: { ageIdentities: "" } }, (restore) => assertFailed(restore, "identity_missing"));
  await stagedBy({ env: { ageIdentities: "nonsense" } }, (restore) => {
    assertFailed(restore, "identity_invalid");
    assert.doesNotMatch(JSON.stringify(restore.error), /nonsense/);
  });
  // An old key beside the right one.
  const env = { ageIdentities: `${identity}\n${variable("BACKUP_AGE_IDENTITY")}` };
  await stagedBy({ env }, (restore) => assert.equal(restore.status, "previewed"));
});

test("restore: a storage that fails for a while, and one that fails for good", async () => {
  await withFaultyStorage(({ operation, count }) => {
    if (operation === "download" && count % 3 === 0) return refusal(503, "busy");
  }, (storageUrl) => stagedBy({ storageUrl }, (restore) => assert.equal(restore.status, "previewed")));

  await withFaultyStorage(
    ({ operation, count }) => {
      if (operation === "download" && count > 4) return refusal(503, "busy");
    },
    (storageUrl) =>
      withSettings(
        onlyOnce,
        () => stagedBy({ storageUrl }, (restore) => assertFailed(restore, "storage_unavailable")),
      ),
  );
});

/** A preview made by a worker of this kind. */
async function stagedBy(options: WorkerOptions, look: (restore: Restore) => void): Promise<void> {
  await withChangedReaders(async (backupId) => {
    const before = await readers();
    await withHeldJobs("stage", async () => {
      const id = await accepted(askForPreview(backupId));
      await runWorker(id, options);
      look(await settled(id));
    });
    assert.equal(await readers(), before);
    assert.notEqual(before, await readersOfBackup());
  });
}

// -- helpers -----------------------------------------------------------------------------------------------

function assertFailed(restore: Restore, code: string, message = code): void {
  assert.equal(restore.status, "failed", message);
  assert.equal(restore.error.code, code, `${message}: ${JSON.stringify(restore.error)}`);
  assert.ok(restore.error.hint, message);
  assert.equal(restore.phase, null);
  assert.equal(restore.preview, null);
}
