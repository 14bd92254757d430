/** Exactly what the existing alumni frontend sends, and exactly what it reads. */
import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { ended, gone, removeBackup, withBackup } from "./_support/backups.ts";
import { type Person, withPerson } from "./_support/people.ts";
import { sql, stack, test } from "./_support/stack.ts";
import { settled } from "./restore/_support/restores.ts";

/** Its own fetch: the session's token and JSON, no API key. */
async function admin({ token }: Person, path: string, init: RequestInit = {}) {
  const response = await fetch(`${stack.apiUrl}/api/admin/${path}`, {
    ...init,
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}`, ...init.headers },
  });
  return { ok: response.ok, status: response.status, body: await response.json() };
}

test("alumni frontend: create, list, download and delete", async () => {
  await withPerson("admin", async (person) => {
    const created = await admin(person, "backups", {
      method: "POST",
      body: JSON.stringify({ tables: ["profiles", "events", "jobs", "user_roles"], notes: "Manual backup" }),
    });
    assert.ok(created.ok, JSON.stringify(created.body));
    const { backupId } = created.body;
    await ended(backupId);

    const list = await admin(person, "backups?page=1&limit=10");
    assert.ok(list.ok);
    assert.ok(list.body.count >= 1);
    const row = list.body.backups.find(({ id }: { id: string }) => id === backupId);
    assert.equal(row.created_by, person.id);
    assert.deepEqual(row.profiles, { first_name: "Test", last_name: "Person" });
    assert.equal(row.status, "completed");
    assert.equal(row.notes, "Manual backup");
    assert.deepEqual([...row.tables].sort(), [
      "public.events",
      "public.jobs",
      "public.profiles",
      "public.user_roles",
    ]);
    assert.equal(typeof row.file_size, "number");
    assert.equal(typeof row.filename, "string");
    assert.equal(typeof row.record_counts, "object");
    assert.ok(!Number.isNaN(Date.parse(row.created_at)));

    const { body: { downloadUrl } } = await admin(person, `backups/${backupId}`);
    // window.open(downloadUrl): a new tab, without headers.
    const tab = await fetch(downloadUrl);
    assert.ok(tab.ok);
    assert.match(gunzipSync(new Uint8Array(await tab.arrayBuffer())).toString(), /copy public\.profiles/);

    const deleted = await admin(person, `backups/${backupId}`, { method: "DELETE" });
    assert.ok(deleted.ok);
    await gone(backupId);
  });
});

test("alumni frontend: restore", async () => {
  await withPerson("admin", (person) =>
    withBackup(async ({ id }) => {
      const [event] = await sql`
        delete from public.events where id = (select id from public.events order by id limit 1) returning *`;
      const { ok, body } = await admin(person, `backups/${id}`, {
        method: "POST",
        body: JSON.stringify({ tables: ["events"] }),
      });
      assert.ok(ok, JSON.stringify(body));
      assert.equal(typeof body.restoreId, "string");

      const restore = await settled(body.restoreId);
      try {
        assert.equal(restore.status, "completed", JSON.stringify(restore.error));
        assert.equal(restore.created_by, person.id);
        assert.deepEqual(restore.result.totals, { inserted: 1, updated: 0, deleted: 0, skipped: 0 });
        const [again] = await sql`select * from public.events where id = ${event.id}`;
        assert.deepEqual(again, event);
        const [safety] = await sql`
          select kind, status, tables from public.backups where id = ${restore.safety_backup_id}`;
        assert.deepEqual({ ...safety }, { kind: "safety", status: "completed", tables: ["public.events"] });
      } finally {
        await sql`delete from backup.restores where restore_id = ${restore.id}`;
        if (restore.safety_backup_id) await removeBackup(restore.safety_backup_id);
      }
    }, { tables: ["events"] }));
});

test("alumni frontend: a table that is not in the backup is named in the error", async () => {
  await withPerson("admin", (person) =>
    withBackup(async ({ id }) => {
      const { status, body } = await admin(person, `backups/${id}`, {
        method: "POST",
        body: JSON.stringify({ tables: ["profiles"] }),
      });
      assert.equal(status, 422);
      assert.match(body.error, /profiles/);
    }, { tables: ["roles"] }));
});

test("alumni frontend: a table that does not exist there is named in the error", async () => {
  await withPerson("admin", async (person) => {
    const { ok, status, body } = await admin(person, "backups", {
      method: "POST",
      body: JSON.stringify({ tables: ["profiles", "mentorship_programs"], notes: "" }),
    });
    assert.ok(!ok);
    assert.equal(status, 422);
    assert.match(body.error, /mentorship_programs/);
  });
});

test("alumni frontend: its validation page", async () => {
  await withPerson("admin", async (person) => {
    const [{ id }] = await sql`
      insert into public.profiles (first_name, last_name, email) values ('Kaputt', '', 'no-address') returning id`;
    try {
      const without = await admin(person, "validate?tables=profiles,events,jobs,achievements");
      assert.ok(without.ok, "a project may have no achievements");
      const none = { totalRecords: 0, validRecords: 0, invalidRecords: 0, errors: [] };
      assert.deepEqual(without.body.validationResults.achievements, none);

      await sql`
        create table public.achievements (
          id uuid primary key default gen_random_uuid(), title text, category text, url text)`;
      await sql`insert into public.achievements (title, category, url) values ('', 'award', 'ftp://x')`;
      const { ok, body } = await admin(person, "validate?tables=profiles,events,jobs,achievements");
      assert.ok(ok, JSON.stringify(body));
      assert.deepEqual(Object.keys(body.validationResults).sort(), [
        "achievements",
        "events",
        "jobs",
        "profiles",
      ]);
      for (const table of Object.values<CompatTable>(body.validationResults)) {
        assert.equal(table.totalRecords, table.validRecords + table.invalidRecords);
        for (const record of table.errors) {
          assert.equal(typeof record.id, "string");
          assert.ok(record.name);
          assert.ok(record.errors.length > 0 && record.errors.every((text) => typeof text === "string"));
        }
      }
      const [achievement] = body.validationResults.achievements.errors;
      assert.equal(achievement.errors.length, 2, "no title, no web address");
      const profiles = body.validationResults.profiles;
      const broken = profiles.errors.find((record: { id: string }) => record.id === id);
      assert.match(broken.name, /Kaputt/);
      assert.ok(broken.errors.length >= 2, "no last name, no address");
      assert.ok(profiles.invalidRecords >= 1);
    } finally {
      await sql`drop table if exists public.achievements`;
      await sql`delete from public.profiles where id = ${id}`;
    }
  });
});

interface CompatTable {
  totalRecords: number;
  validRecords: number;
  invalidRecords: number;
  errors: { id: string; name: string; errors: string[] }[];
}

test("alumni frontend: whatever goes wrong, there is a text to show", async () => {
  await withPerson("alumni", async (person) => {
    for (
      const path of [
        "backups?page=1&limit=10",
        "validate?tables=profiles",
        "backups/nonsense",
        "nothing/here",
      ]
    ) {
      const { ok, body } = await admin(person, path).catch(() => ({
        ok: false,
        body: { error: "not ours" },
      }));
      assert.ok(!ok);
      if (!path.startsWith("nothing")) assert.ok(body.error.length > 5, path);
    }
  });
  const unsigned = await fetch(`${stack.apiUrl}/api/admin/backups?page=1&limit=10`);
  assert.equal(unsigned.status, 401);
  assert.ok((await unsigned.json()).error);
});
