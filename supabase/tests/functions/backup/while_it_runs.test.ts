import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import postgres from "postgres";
import { call, json, problem, secret } from "../_support/api.ts";
import { sql, stack, test } from "../_support/stack.ts";
import { assertFailedClean, assertWhole, pathsOf } from "./_support/archive.ts";
import { withFaultyStorage } from "./_support/faulty_storage.ts";
import { runWorker, withWaitingBackup } from "./_support/own_worker.ts";
import { onlyOnce, tinySlices, withSettings } from "./_support/settings.ts";
import { withTable } from "./_support/tables.ts";
import { eventually, pause } from "./_support/waiting.ts";

/** A backup of these tables; when this part is on its way to the storage, something else happens first. */
function interrupted(
  tables: string[],
  part: number,
  meanwhile: (id: string) => Promise<void>,
  look: (id: string) => Promise<void> = assertWhole,
): Promise<void> {
  return withSettings(tinySlices, () =>
    withWaitingBackup({ tables }, async (id) => {
      let failure: unknown;
      await withFaultyStorage(async (call) => {
        if (call.operation !== "upload" || call.count !== part) return;
        await meanwhile(id).catch((error) => failure = error);
      }, (storageUrl) => runWorker(id, { storageUrl, storageTimeoutMs: 20_000 }));
      if (failure) throw failure;
      await look(id);
    }));
}

/** The rows of one table, as the clear archive has them. */
async function rowsInArchive(id: string, table: string): Promise<string[]> {
  const response = await call("GET", `/backups/${id}/download`, { as: secret });
  assert.equal(response.status, 200);
  const script = gunzipSync(new Uint8Array(await response.arrayBuffer())).toString();
  const pieces = script.matchAll(
    new RegExp(`^copy public\\.${table} .*? from stdin;\\n([^]*?)^\\\\\\.$`, "gm"),
  );
  return [...pieces].flatMap(([, rows]) => rows.split("\n").slice(0, -1));
}

/** A connection for what would keep others waiting. */
async function withConnection(work: (connection: postgres.Sql) => Promise<void>): Promise<void> {
  const connection = postgres(stack.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await work(connection);
  } finally {
    await connection.end({ timeout: 1 });
  }
}

const accounts = (name: string) => `
  create table public.${name} (id integer primary key, amount integer not null, filler text not null);
  insert into public.${name} select n, 1000, repeat(md5(n::text), 20) from generate_series(1, 500) as n`;

test("run: one snapshot, however much is written while it runs", async () => {
  await withTable(
    accounts("test_left"),
    "test_left",
    () =>
      withTable(accounts("test_right"), "test_right", async () => {
        let transfers = 0;
        let isOver = false;
        const writer = async () => {
          while (!isOver) {
            const id = 1 + transfers % 500;
            await sql.begin(async (transaction) => {
              await transaction`update public.test_left set amount = amount - 7 where id = ${id}`;
              await transaction`update public.test_right set amount = amount + 7 where id = ${501 - id}`;
            });
            transfers++;
          }
        };
        const writing = writer();
        try {
          let before = 0;
          await interrupted(["test_left", "test_right"], 3, async () => {
            before = transfers;
            await eventually("rows change during the backup", () => transfers > before + 50);
          }, async (id) => {
            await assertWhole(id);
            const [left, right] = await Promise.all(
              ["test_left", "test_right"].map((table) => rowsInArchive(id, table)),
            );
            assert.deepEqual([left.length, right.length], [500, 500], "each row once, wherever it moved to");
            const sum = (rows: string[]) =>
              rows.reduce((total, row) => total + Number(row.split("\t")[1]), 0);
            assert.equal(sum(left) + sum(right), 1_000_000, "no transfer is in it by half");
            assert.ok(transfers > before);
          });
        } finally {
          isOver = true;
          await writing;
        }
      }),
  );
});

test("run: everybody sees how far it is", async () => {
  await interrupted(["profiles", "roles"], 6, async (id) => {
    const { backup } = await json(call("GET", `/backups/${id}`, { as: secret }));
    assert.equal(backup.status, "processing");
    assert.equal(backup.phase, "copying");
    const { progress } = backup;
    assert.ok(
      progress.parts_done > 0 && progress.parts_done < progress.parts_total,
      JSON.stringify(progress),
    );
    assert.ok(progress.percent > 0 && progress.percent < 100);
    assert.ok(progress.rows > 0 && progress.raw_bytes > 0 && progress.stored_bytes > 0);
    assert.equal(progress.tables_total, 2);
    assert.equal(backup.validation_results.tables.length, 2, "the report is there before the rows are");
  }, async (id) => {
    await assertWhole(id);
    const { backup } = await json(call("GET", `/backups/${id}`, { as: secret }));
    assert.equal(backup.phase, null);
    assert.equal(backup.progress.percent, 100);
    assert.equal(backup.progress.parts_done, backup.part_count);
    assert.equal(backup.progress.rows, backup.row_count);
    assert.equal(backup.progress.tables_done, 2);
  });
});

test("run: a second one is refused with the id of the first; deleting the first is refused too", async () => {
  await interrupted(["profiles"], 3, async (id) => {
    const create = call("POST", "/backups/create", { as: secret, body: {} });
    assert.equal((await problem(create, 409, "backup_in_progress")).backup_id, id);
    await problem(call("DELETE", `/backups/${id}`, { as: secret }), 409, "backup_in_use");
    await problem(call("GET", `/backups/${id}/download`, { as: secret }), 409, "not_completed");
    await problem(call("GET", `/backups/${id}/parts`, { as: secret }), 409, "not_completed");
  });
});

const changes: Record<string, string> = {
  "TRUNCATE": "truncate public.test_busy",
  "DROP TABLE": "drop table public.test_busy",
  "ALTER TABLE … DROP COLUMN": "alter table public.test_busy drop column filler",
  "ALTER TABLE … TYPE": "alter table public.test_busy alter amount type text using 'changed'",
  "VACUUM FULL": "vacuum full public.test_busy",
};

for (const [name, statement] of Object.entries(changes)) {
  test(`run: ${name} waits until the backup is done, and the archive has what was there before`, async () => {
    await withTable(accounts("test_busy"), "test_busy", () =>
      withConnection(async (other) => {
        let change: Promise<unknown> = Promise.resolve();
        let isDone = false;
        await interrupted(["test_busy"], 2, async () => {
          change = other.unsafe(statement).then(() => isDone = true);
          await pause(200);
          assert.equal(isDone, false, "it waits");
        }, async (id) => {
          await change;
          await assertWhole(id);
          assert.equal((await rowsInArchive(id, "test_busy")).length, 500);
        });
      }));
  });
}

test("run: rows that are deleted, and vacuumed, while it runs are in the archive", async () => {
  await withTable(accounts("test_busy"), "test_busy", async () => {
    await interrupted(["test_busy"], 2, async () => {
      await sql`delete from public.test_busy`;
      await sql.unsafe("vacuum public.test_busy");
    }, async (id) => {
      await assertWhole(id);
      assert.equal((await rowsInArchive(id, "test_busy")).length, 500);
    });
  });
});

test("run: a partition that is attached while it runs is not half in the archive", async () => {
  const create = `
    create table public.test_parted (id integer, filler text) partition by range (id);
    create table public.test_parted_1 partition of public.test_parted for values from (0) to (1000);
    create table public.test_loose (id integer, filler text);
    insert into public.test_parted select n, repeat(md5(n::text), 20) from generate_series(1, 300) as n;
    insert into public.test_loose select n, 'loose' from generate_series(1000, 1100) as n`;
  await withTable(create, "test_parted", async () => {
    try {
      await withSettings(tinySlices, () =>
        withWaitingBackup({ tables: ["test_parted"] }, async (id) => {
          // After the snapshot was taken, before it is asked which partitions there are.
          const before = {
            record_validation: async () => {
              await sql`alter table public.test_parted attach partition public.test_loose for values from (1000) to (2000)`;
            },
          };
          await runWorker(id, { before });
          await assertWhole(id);
          assert.equal((await rowsInArchive(id, "test_parted")).length, 300);
        }));
    } finally {
      await sql`drop table if exists public.test_loose`;
    }
  });
});

test("run: a table that is dropped before its turn: a clear failure, nothing left", async () => {
  await withTable(accounts("test_gone"), "test_gone", async () => {
    await withWaitingBackup({ tables: ["test_gone"] }, async (id) => {
      await sql`drop table public.test_gone`;
      await runWorker(id);
      const { message } = await assertFailedClean(id, "invalid_tables");
      assert.match(message, /test_gone does not exist/);
    });
  });
});

test("run: a table that is dropped while the backup waits for its lock: it is left out of a backup of all", async () => {
  await withTable(accounts("test_gone"), "test_gone", () =>
    withConnection(async (other) => {
      await withWaitingBackup({}, async (id) => {
        await other.unsafe("begin; lock table public.test_gone in access exclusive mode");
        const running = runWorker(id);
        await eventually("the backup waits", async () => await waitingForLock() > 0);
        await other.unsafe("drop table public.test_gone; commit");
        await running;
        await assertWhole(id);
        const [{ tables }] = await sql`select tables from public.backups where id = ${id}`;
        assert.ok(tables.includes("public.profiles") && !tables.includes("public.test_gone"));
      });
    }));
});

test("run: a table that is dropped while the backup of it waits for its lock: a clear failure", async () => {
  await withTable(accounts("test_gone"), "test_gone", () =>
    withConnection(async (other) => {
      await withWaitingBackup({ tables: ["test_gone"] }, async (id) => {
        await other.unsafe("begin; lock table public.test_gone in access exclusive mode");
        const running = runWorker(id);
        await eventually("the backup waits", async () => await waitingForLock() > 0);
        await other.unsafe("drop table public.test_gone; commit");
        await running;
        await assertFailedClean(id, "invalid_tables");
      });
    }));
});

test("run: a table that somebody keeps locked: failed after the lock timeout, with what to do", async () => {
  await withSettings(
    { ...onlyOnce, lock_timeout_seconds: 1 },
    () =>
      withTable(accounts("test_locked"), "test_locked", () =>
        withConnection(async (other) => {
          await other.unsafe("begin; lock table public.test_locked in access exclusive mode");
          await withWaitingBackup({}, async (id) => {
            await runWorker(id);
            const { hint } = await assertFailedClean(id, "lock_timeout");
            assert.match(hint ?? "", /again/);
          });
          await other.unsafe("rollback");
        })),
  );
});

test("run: the report describes the snapshot, not what came after", async () => {
  await interrupted(["events", "profiles"], 1, async () => {
    await sql`
      insert into public.events (title, description, start_date, end_date)
      values ('test: backwards', 'Ends before it starts.', '2026-05-02', '2026-05-01')`;
  }, async (id) => {
    try {
      await assertWhole(id);
      const [{ report, counts }] =
        await sql`select validation_results as report, record_counts as counts from public.backups where id = ${id}`;
      assert.notEqual(report.status, "failed");
      const events = report.tables.find(({ table }: { table: string }) => table === "public.events");
      assert.equal(events.rows, counts["public.events"]);
      assert.equal((await rowsInArchive(id, "events")).length, events.rows);
      const [{ now }] = await sql`select count(*)::int as now from public.events`;
      assert.equal(now, events.rows + 1);
    } finally {
      await sql`delete from public.events where title = 'test: backwards'`;
    }
  });
});

test("run: blocked by errors: the report is kept, nothing is stored; an override goes on and is audited", async () => {
  await sql`
    insert into public.events (title, description, start_date, end_date)
    values ('test: backwards', 'Ends before it starts.', '2026-05-02', '2026-05-01')`;
  try {
    const uploads: string[] = [];
    const watched = (id: string) =>
      withFaultyStorage((call) => {
        if (call.operation === "upload") uploads.push(call.path);
      }, (storageUrl) => runWorker(id, { storageUrl }));

    await withWaitingBackup({ tables: ["events"] }, async (id) => {
      await watched(id);
      const [{ status, report, phase }] =
        await sql`select status, phase, validation_results as report from public.backups where id = ${id}`;
      assert.deepEqual([status, phase, report.status], ["blocked", null, "failed"]);
      assert.deepEqual(uploads, []);
      assert.deepEqual(await pathsOf(id), []);
      const audited =
        await sql`select from backup.audit_log where target = ${id} and action = 'backup_blocked'`;
      assert.equal(audited.length, 1);
    });

    await withWaitingBackup({ tables: ["events"], override_reason: "it is known" }, async (id) => {
      await watched(id);
      await assertWhole(id);
      const [{ details }] =
        await sql`select details from backup.audit_log where target = ${id} and action = 'create'`;
      assert.equal(details.override_reason, "it is known");
      const { manifest } = await json(call("GET", `/backups/${id}/parts`, { as: secret }));
      assert.equal(manifest.validation.overridden, true);
      assert.equal(manifest.validation.override_reason, "it is known");
    });
  } finally {
    await sql`delete from public.events where title = 'test: backwards'`;
  }
});

async function waitingForLock(): Promise<number> {
  const waiting = await sql`
    select from pg_stat_activity
    where application_name = 'backup-worker snapshot' and wait_event_type = 'Lock' and datname = current_database()`;
  return waiting.length;
}
