/** Drills: a good archive passes, whatever is wrong with one is found and named, and live tables are not touched. */
import assert from "node:assert/strict";
import { generateKeyPair } from "../../functions/_shared/age.ts";
import { problem } from "./_support/api.ts";
import { bucket, withBackup, withRow } from "./_support/backups.ts";
import { askForDrill, drill, type Drilled, scratchTables, withWaitingDrill } from "./_support/drills.ts";
import { sql, test } from "./_support/stack.ts";
import { partsOf, type StoredPart } from "./backup/_support/archive.ts";
import { refusal, withFaultyStorage } from "./backup/_support/faulty_storage.ts";
import { change, decode, forge, forgeRows, sumsOf } from "./backup/_support/forgery.ts";
import { runWorker } from "./backup/_support/own_worker.ts";
import { onlyOnce, withSettings } from "./backup/_support/settings.ts";
import { withBackupOf } from "./restore/_support/archives.ts";
import { run, withObjects } from "./restore/_support/objects.ts";
import { readerCount, readers, withChangedReaders } from "./restore/_support/readers.ts";
import { tablesOf } from "./restore/_support/specimen.ts";
import { constraints } from "./restore/zoo/constraints.ts";
import { keys } from "./restore/zoo/keys.ts";
import { kinds } from "./restore/zoo/kinds.ts";
import { names } from "./restore/zoo/names.ts";
import { references } from "./restore/zoo/references.ts";
import { triggers } from "./restore/zoo/triggers.ts";
import { values } from "./restore/zoo/values.ts";

/** A drill of a kind that says what is wrong with the archive, and that it is no good. */
function assertFound({ verification, verified_at }: Drilled, kinds: string[], message: string): void {
  assert.equal(verification.status, "failed", message);
  assert.equal(verified_at, null, message);
  // deno-lint-ignore no-explicit-any -- as SQL answers it
  const found: any[] = verification.differences;
  assert.deepEqual(found.map(({ kind }) => kind), kinds, `${message}: ${JSON.stringify(found)}`);
  for (const difference of found) assert.ok(difference.message.length > 10, message);
}

// -- a good archive ------------------------------------------------------------------------------------------

test("drill: a good backup is proved; live tables, though they have changed, are not touched", async () => {
  await withChangedReaders(async (backupId) => {
    const before = await readers();
    const { verification, verified_at, job } = await drill(backupId);
    assert.equal(verification.status, "passed", JSON.stringify(verification.differences));
    assert.ok(verified_at !== null);
    assert.deepEqual(verification.tables, [{
      table: "public.readers",
      rows: readerCount,
      expected_rows: readerCount,
    }]);
    assert.deepEqual(verification.differences, []);
    assert.equal(verification.rows, readerCount);
    assert.ok(verification.parts >= 8);
    assert.equal(verification.job_id, job.job_id);
    assert.deepEqual([job.progress.parts_done, job.progress.parts_total], [
      verification.parts,
      verification.parts,
    ]);
    assert.equal(await readers(), before);
    assert.deepEqual(await scratchTables(), []);
  });
});

test("drill: a backup of everything", async () => {
  await withBackup(async ({ id, record_counts }) => {
    const { verification } = await drill(id);
    assert.equal(verification.status, "passed", JSON.stringify(verification.differences));
    assert.ok(verification.foreign_keys > 0);
    // deno-lint-ignore no-explicit-any -- as SQL answers it
    const rows = verification.tables.map((table: any) => [table.table, table.rows]);
    assert.deepEqual(Object.fromEntries(rows), record_counts);
  });
});

test("drill: tables and types of every kind come back as they were", async () => {
  const zoo = [...values, ...names, ...kinds, ...keys, ...references, ...constraints, ...triggers];
  await withObjects(zoo.map(({ create }) => create), () =>
    withBackupOf(tablesOf(zoo), async (backupId) => {
      const { verification } = await drill(backupId);
      assert.equal(verification.status, "passed", JSON.stringify(verification.differences));
      assert.ok(verification.tables.length >= 30);
      assert.deepEqual(await scratchTables(), []);
    }));
});

test("drill: tables that are gone, and types with them", async () => {
  await withObjects([
    `create type zoo.mood as enum ('sad', 'happy');
     create table public.zoo_moods (id integer primary key, mood zoo.mood not null);
     insert into public.zoo_moods values (1, 'sad'), (2, 'happy')`,
  ], () =>
    withBackupOf(["zoo_moods"], async (backupId) => {
      await run("drop table public.zoo_moods; drop type zoo.mood");
      const { verification } = await drill(backupId);
      assert.equal(verification.status, "passed", JSON.stringify(verification.differences));
      assert.equal(verification.rows, 2);
    }));
});

// -- damage ----------------------------------------------------------------------------------------------------

interface Damage {
  how(parts: StoredPart[], backupId: string): Promise<unknown>;
  kinds: string[];
  says: RegExp;
}

const damages: Record<string, Damage> = {
  "an object is missing": {
    how: (parts) => bucket.remove([parts[5].path]),
    kinds: ["part_missing"],
    says: /not in the bucket/,
  },
  "one bit is another": {
    how: (parts) =>
      change(parts[5].path, (bytes) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1] ^ 4)),
    kinds: ["part_corrupt"],
    says: /sha256/,
  },
  "two objects are swapped": {
    how: async (parts) => {
      const [a, b] = await Promise.all([bucket.download(parts[5].path), bucket.download(parts[6].path)]);
      await bucket.upload(parts[5].path, b);
      await bucket.upload(parts[6].path, a);
    },
    kinds: ["part_corrupt", "part_corrupt"],
    says: /sha256/,
  },
  "an object holds another table's rows, and the catalogue says so": {
    how: (parts) => forge(parts[5], (script) => script.replace("public.readers", "public.writers")),
    kinds: ["part_corrupt"],
    says: /begin/,
  },
  "a row is another": {
    how: (parts) => forge(parts[5], (script) => script.replace(/[0-9a-f]{64}/, "f".repeat(64))),
    kinds: ["part_corrupt"],
    says: /rows that were backed up/,
  },
  "a value does not load": {
    how: (parts) => forgeRows(parts[5], (rows) => rows.replace(/^\d+/, "x1")),
    kinds: ["not_loadable"],
    says: /cannot be loaded into columns of the types that they had/,
  },
  "a value comes back as something else": {
    how: (parts) => forgeRows(parts[5], (rows) => rows.replace(/^(\d+)/, "0$1")),
    kinds: ["reads_back_differently"],
    says: /copied out again/,
  },
  "the manifest counts other rows": {
    how: (_, id) => sql`update backup.backup_tables set row_count = row_count + 1 where backup_id = ${id}`,
    kinds: ["row_count"],
    says: new RegExp(`has ${readerCount} rows; the manifest says ${readerCount + 1}`),
  },
  "the manifest is another": {
    how: (_, id) =>
      change(`${id}/manifest.json`, (bytes) => new TextEncoder().encode(decode(bytes).replace("1", "2"))),
    kinds: ["part_corrupt"],
    says: /manifest\.json.*sha256/,
  },
  "the manifest is missing": {
    how: (_, id) => bucket.remove([`${id}/manifest.json`]),
    kinds: ["part_missing"],
    says: /manifest\.json/,
  },
  "many things at once": {
    how: async (parts) => {
      await bucket.remove([parts[2].path]);
      await change(parts[4].path, (bytes) => bytes.slice(0, -1));
      await forgeRows(parts[6], (rows) => rows.replace(/^\d+/, ""));
    },
    kinds: ["part_missing", "part_corrupt", "not_loadable"],
    says: /not in the bucket/,
  },
};

test("drill: every kind of damage is found and named, and clears the proof of before", async () => {
  await withChangedReaders(async (backupId) => {
    const parts = (await partsOf(backupId)).filter(({ table }) => table !== null);
    assert.ok(parts.length >= 8, `${parts.length} parts`);
    const paths = [...parts.map(({ path }) => path), `${backupId}/manifest.json`];
    const whole = await Promise.all(paths.map((path) => bucket.download(path)));
    const catalogue = await sql`select * from backup.backup_parts where backup_id = ${backupId}`;
    const before = await readers();
    assert.equal((await drill(backupId)).verification.status, "passed");

    for (const [name, { how, kinds, says }] of Object.entries(damages)) {
      await how(parts, backupId);
      const drilled = await drill(backupId);
      assertFound(drilled, kinds, name);
      assert.match(drilled.verification.differences[0].message, says, name);
      assert.deepEqual(await scratchTables(), [], name);
      assert.equal(await readers(), before, name);

      await Promise.all(paths.map((each, index) => bucket.upload(each, whole[index])));
      for (const part of parts) await sumsOf(part, whole[paths.indexOf(part.path)]);
      for (const { ordinal, raw_sha256, raw_bytes, row_count } of catalogue) {
        await sql`
          update backup.backup_parts set ${sql({ raw_sha256, raw_bytes, row_count })}
          where backup_id = ${backupId} and ordinal = ${ordinal}`;
      }
      await sql`update backup.backup_tables set row_count = ${readerCount} where backup_id = ${backupId}`;
    }
    assert.equal((await drill(backupId)).verification.status, "passed", "repaired");
  });
});

test("drill: a foreign key that no longer holds", async () => {
  await withObjects([
    `create table public.zoo_up (id integer primary key);
     create table public.zoo_down (id integer primary key, up_id integer references public.zoo_up (id));
     insert into public.zoo_up select generate_series(1, 5);
     insert into public.zoo_down select n, n from generate_series(1, 5) as n`,
  ], () =>
    withBackupOf(["zoo_up", "zoo_down"], async (backupId) => {
      const passed = (await drill(backupId)).verification;
      assert.deepEqual([passed.status, passed.foreign_keys], ["passed", 1]);
      const up = (await partsOf(backupId)).find(({ table }) => table === "public.zoo_up")!;
      await forgeRows(up, (rows) => rows.replace("3\n", ""));
      const drilled = await drill(backupId);
      assertFound(drilled, ["foreign_key"], "a parent is gone");
      const [{ table, rows }] = drilled.verification.differences;
      assert.deepEqual([table, rows], ["public.zoo_down", 1]);
    }));
});

test("drill: one that restored not a single row has failed", async () => {
  await withObjects(
    ["create table public.zoo_empty (id integer primary key)"],
    () =>
      withBackupOf(["zoo_empty"], async (backupId) => {
        assertFound(await drill(backupId), ["nothing_tested"], "nothing");
      }),
  );
});

// -- a drill that cannot be made -------------------------------------------------------------------------------

test("drill: without the key it says nothing about the backup", async () => {
  const { identity } = await generateKeyPair();
  await withChangedReaders(async (backupId) => {
    const { verified_at } = await drill(backupId);
    for (const [ageIdentities, code] of [[identity, "identity_mismatch"], ["", "identity_missing"]]) {
      const drilled = await withWaitingDrill(
        backupId,
        (jobId) => runWorker(jobId, { env: { ageIdentities } }),
      );
      assert.equal(drilled.verification.status, "error");
      assert.equal(drilled.job.error.code, code);
      assert.deepEqual(drilled.verified_at, verified_at, "it was proved before");
    }
  });
});

test("drill: a storage that fails for good says nothing about the backup, either", async () => {
  await withSettings(
    onlyOnce,
    () =>
      withChangedReaders((backupId) =>
        withFaultyStorage(({ operation, count }) => {
          if (operation === "download" && count > 4) return refusal(503, "busy");
        }, async (storageUrl) => {
          const drilled = await withWaitingDrill(backupId, (jobId) => runWorker(jobId, { storageUrl }));
          assert.equal(drilled.verification.status, "error");
          assert.equal(drilled.job.error.code, "storage_unavailable");
          assert.deepEqual(await scratchTables(), []);
        })
      ),
  );
});

test("drill: its connection is ended; it is tried again and counts no row twice", async () => {
  await withChangedReaders(async (backupId) => {
    const end = async ({ operation, count }: { operation: string; count: number }) => {
      if (operation !== "download" || count !== 6) return;
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and application_name = 'backup-worker drill'`;
    };
    await withFaultyStorage(end, async (storageUrl) => {
      const drilled = await withWaitingDrill(backupId, async (jobId) => {
        await runWorker(jobId, { storageUrl });
        const [{ status, error }] = await sql`select status, error from backup.jobs where job_id = ${jobId}`;
        assert.deepEqual([status, error.code], ["queued", "database_unavailable"]);
        await runWorker(jobId);
      });
      assert.equal(drilled.verification.status, "passed", JSON.stringify(drilled.verification));
      assert.equal(drilled.verification.rows, readerCount);
      assert.deepEqual(await scratchTables(), []);
    });
  });
});

test("drill: only of what is completed", async () => {
  await withRow({ status: "failed" }, async (id) => {
    await problem(askForDrill(id), 409, "not_completed");
  });
  await problem(askForDrill(crypto.randomUUID()), 404, "backup_not_found");
});
