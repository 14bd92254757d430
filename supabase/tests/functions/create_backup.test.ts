import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, bucket, ended, removeBackup, withBackup, withRow } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { sql, test } from "./_support/stack.ts";

test("create: answers at once with the queued row; a worker completes it", async () => {
  await withPerson("admin", async ({ id: person, credential }) => {
    const response = await call("POST", "/backups/create", {
      as: credential,
      body: { notes: "Jahr 2026 – “vor” dem Import" },
    });
    const { backup, backupId } = await json(response, 202);
    try {
      assert.equal(backup.id, backupId);
      assert.equal(backup.status, "queued");
      assert.equal(backup.kind, "manual");
      assert.equal(backup.notes, "Jahr 2026 – “vor” dem Import");
      assert.equal(backup.created_by, person);
      assert.deepEqual(backup.profiles, { first_name: "Test", last_name: "Person" });
      assert.ok(backup.tables.includes("public.profiles"));
      assert.ok(!backup.tables.includes("public.backups"), "never a backup of backups");
      assert.match(backup.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.deepEqual(await auditOf(response), [{
        action: "create",
        outcome: "succeeded",
        target: backupId,
      }]);

      const done = await ended(backupId);
      assert.equal(done.status, "completed");
      assert.ok(done.file_size > 0 && done.row_count > 0 && done.part_count > 0);
      assert.equal(done.record_counts["public.profiles"], done.table_details.find(isProfiles).rows);
    } finally {
      await removeBackup(backupId);
    }
    assert.deepEqual(await bucket.list(backupId), [], "nothing of it is left in the bucket");
  });
});

const isProfiles = ({ table }: { table: string }) => table === "public.profiles";

test("create: without a body, everything is backed up", async () => {
  const response = await call("POST", "/backups/create", { as: secret });
  const { backup, backupId } = await json(response, 202);
  try {
    assert.equal(backup.created_by, null);
    assert.ok(backup.tables.length >= 5);
  } finally {
    await removeBackup(backupId);
  }
});

test("create: a choice of tables, by bare and by full name", async () => {
  await withBackup((backup) => {
    assert.deepEqual(backup.tables, ["public.events", "public.roles"]);
    assert.deepEqual(Object.keys(backup.record_counts).sort(), ["public.events", "public.roles"]);
    return Promise.resolve();
  }, { tables: ["roles", "public.events"], notes: null, override_validation: null });
});

test("create: tables that cannot be chosen are named, each with its reason", async () => {
  await sql`create or replace view public.test_view as select 1 as one`;
  try {
    const bad = [
      "test_view",
      "backups",
      "no_such_table",
      'events"; drop table public.events; --',
      "backup.settings",
      "auth.users",
    ];
    const response = await call("POST", "/backups", {
      as: secret,
      body: { tables: ["events", ...bad, "roles", "public.roles"] },
    });
    const { tables, error } = await problem(response, 422, "invalid_tables");
    const named = tables.map(({ table }: { table: string }) => table);
    for (const name of bad) {
      assert.ok(named.includes(name), `${name} is named`);
    }
    assert.ok(named.some((name: string) => name.endsWith("roles")), "a name given twice is named");
    assert.ok(!named.includes("events"));
    for (const { reason } of tables) assert.ok(reason);
    assert.match(error, /no_such_table/, "the text that a person sees names them too");
    assert.deepEqual(await auditOf(response), [{ action: "create", outcome: "failed", target: null }]);
  } finally {
    await sql`drop view public.test_view`;
  }
  assert.equal((await sql`select from public.events limit 1`).length, 1);
});

test("create: a second one while one runs", async () => {
  await withRow({ status: "processing" }, async (running) => {
    const response = await call("POST", "/backups/create", { as: secret, body: {} });
    const { backup_id } = await problem(response, 409, "backup_in_progress");
    assert.equal(backup_id, running);
    assert.deepEqual(await auditOf(response), [{ action: "create", outcome: "failed", target: null }]);
  });
});

test("create: of two at the same moment one wins", async () => {
  const responses = await Promise.all(
    [1, 2].map(() => call("POST", "/backups", { as: secret, body: { tables: ["roles"] } })),
  );
  const [won] = responses.filter((response) => response.status === 202);
  const [lost] = responses.filter((response) => response.status !== 202);
  const { backupId } = await json(won, 202);
  try {
    assert.equal((await problem(lost, 409, "backup_in_progress")).backup_id, backupId);
  } finally {
    await removeBackup(backupId);
  }
});

test("create: an override needs a reason", async () => {
  for (const override_reason of [undefined, null, "", "   "]) {
    await problem(
      call("POST", "/backups", { as: secret, body: { override_validation: true, override_reason } }),
      422,
      "override_reason_required",
    );
  }
  await withBackup((backup) => {
    assert.equal(backup.override_validation, true);
    assert.equal(backup.override_reason, "the auditor wants it as it is");
    return Promise.resolve();
  }, { tables: ["roles"], override_validation: true, override_reason: "the auditor wants it as it is" });
});

test("create: data with errors blocks it, with the report and without an object; an override goes on", async () => {
  const [{ id }] = await sql`
    insert into public.events (title, description, start_date, end_date)
    values ('Backwards', 'Ends before it starts.', '2026-05-02', '2026-05-01') returning id`;
  try {
    const { backupId } = await json(
      call("POST", "/backups", { as: secret, body: { tables: ["events"] } }),
      202,
    );
    try {
      const backup = await ended(backupId);
      assert.equal(backup.status, "blocked");
      assert.equal(backup.validation_results.status, "failed");
      const samples = JSON.stringify(backup.validation_results);
      assert.ok(samples.includes(id), "the report names the record");
      assert.deepEqual(await bucket.list(backupId), []);
    } finally {
      await removeBackup(backupId);
    }
    await withBackup((backup) => {
      assert.equal(backup.validation_results.status, "failed");
      return Promise.resolve();
    }, { tables: ["events"], override_validation: true, override_reason: "known" });
  } finally {
    await sql`delete from public.events where id = ${id}`;
  }
});
