import assert from "node:assert/strict";
import { onlyOnce, withSettings } from "../backup/_support/settings.ts";
import { sql } from "../_support/stack.ts";
import { stagedTables, withBackupOf } from "./_support/archives.ts";
import { run, withObjects } from "./_support/objects.ts";
import { endApply, gate, inApply, untilApplyWaits, withOpenTransaction } from "./_support/obstacles.ts";
import { accepted, askToApply, failingApply, preview, type Restore, settled } from "./_support/restores.ts";
import { testInSteps } from "./_support/steps.ts";
import { assertUnchanged, wholeDatabase } from "./_support/whole_database.ts";

// Whatever goes wrong while a restore is applied: the database is what it was before, to the last byte, and the job says why.

const tables = ["zoo_fault_up", "zoo_fault_down", "zoo_fault_bag", "zoo_fault_parted"];
const create = `
  create table public.zoo_fault_up (id integer generated always as identity primary key, code text unique);
  create table public.zoo_fault_down (id integer primary key, up_id integer references public.zoo_fault_up (id), note text);
  create table public.zoo_fault_bag (body text);
  create table public.zoo_fault_parted (id integer primary key) partition by range (id);
  create table public.zoo_fault_parted_1 partition of public.zoo_fault_parted for values from (0) to (100);
  insert into public.zoo_fault_parted select n from generate_series(90, 99) as n;
  insert into public.zoo_fault_up (code) select 'code ' || n from generate_series(1, 40) as n;
  insert into public.zoo_fault_down select n, n, 'note' from generate_series(1, 40) as n;
  insert into public.zoo_fault_bag select 'row ' || n % 10 from generate_series(1, 40) as n;`;
const edit = `
  update public.zoo_fault_down set up_id = null, note = 'changed' where id between 15 and 19;
  delete from public.zoo_fault_down where id > 20;
  delete from public.zoo_fault_up where id > 20;
  update public.zoo_fault_up set code = 'changed ' || id where id < 10;
  alter sequence public.zoo_fault_up_id_seq restart with 21;
  insert into public.zoo_fault_up (code) values ('new');
  delete from public.zoo_fault_bag where body < 'row 5';
  delete from public.zoo_fault_parted;`;

/** A backup and edits; a fresh preview for every step. */
async function withEdits(work: (previewed: () => Promise<Restore>) => Promise<void>): Promise<void> {
  await withObjects([inApply, create], () =>
    withBackupOf(tables, async (backupId) => {
      await run(edit);
      await work(() => preview(backupId));
    }));
}

/** With the fault in place the restore fails, and nothing is left of it but its own entry. */
async function assertHarmless(previewed: Restore, code: string): Promise<Restore> {
  const before = await wholeDatabase();
  const failed = await failingApply(previewed, code);
  assertUnchanged(await wholeDatabase(), before, `after ${failed.error.message}`);
  await assertCleared(failed);
  return failed;
}

async function assertCleared(failed: Restore): Promise<void> {
  assert.deepEqual(await stagedTables(), [], "staging is gone");
  assert.deepEqual([failed.applied_at, failed.result, failed.can_undo], [null, null, false]);
  const images = await sql`select from backup.restore_images where restore_id = ${failed.id}`;
  assert.equal(images.length, 0, "no images of rows that never changed");
}

const written = {
  "the images for the undo": "before insert on backup.restore_images for each row",
  "the restore itself": "before update on backup.restores for each row",
  "the audit log": "before insert on backup.audit_log for each row",
  "its job": "before update on backup.jobs for each row",
};

testInSteps("restore fails: a write of our own in its transaction", async (t) => {
  await withEdits(async (previewed) => {
    for (const [name, when] of Object.entries(written)) {
      const table = / on (\S+)/.exec(when)![1];
      const restore = await previewed();
      await run(`create trigger zoo_fault ${when} execute function zoo.fail();
        alter table ${table} enable always trigger zoo_fault`);
      try {
        await t.step(name, async () => void await assertHarmless(restore, "internal"));
      } finally {
        await run(`drop trigger zoo_fault on ${table}`);
      }
    }
  });
});

testInSteps("restore fails: at its very commit", () =>
  withEdits(async (previewed) => {
    const restore = await previewed();
    await run(
      `create constraint trigger zoo_fault after update on backup.restores deferrable initially deferred
      for each row execute function zoo.fail();
      alter table backup.restores enable always trigger zoo_fault`,
    );
    try {
      await assertHarmless(restore, "internal");
    } finally {
      await run("drop trigger zoo_fault on backup.restores");
    }
  }));

interface NewConstraint {
  add: string;
  drop: string;
  /** What is violated, unless it ends otherwise. */
  table?: string;
  constraint?: string;
  code?: string;
}

/** Made after the preview, which therefore knows nothing of it. */
const constraints: Record<string, NewConstraint> = {
  check: {
    add: "alter table public.zoo_fault_down add constraint zoo_fault_check check (id < 25) not valid",
    drop: "alter table public.zoo_fault_down drop constraint zoo_fault_check",
    table: "public.zoo_fault_down",
    constraint: "zoo_fault_check",
  },
  unique: {
    add: "create unique index zoo_fault_unique on public.zoo_fault_down (note) where id > 20",
    drop: "drop index public.zoo_fault_unique",
    table: "public.zoo_fault_down",
    constraint: "zoo_fault_unique",
  },
  "foreign key": {
    add: `create table public.zoo_fault_new (body text primary key);
      insert into public.zoo_fault_new select distinct body from public.zoo_fault_bag;
      alter table public.zoo_fault_bag add constraint zoo_fault_fkey foreign key (body) references public.zoo_fault_new (body)`,
    drop: "drop table public.zoo_fault_new cascade",
    // Looked at again, the rows are orphans, which nobody was shown.
    code: "preview_stale",
  },
  "foreign key of one partition": {
    add:
      `alter table public.zoo_fault_parted_1 add constraint zoo_fault_leaf foreign key (id) references public.zoo_fault_up (id)`,
    drop: "alter table public.zoo_fault_parted_1 drop constraint zoo_fault_leaf",
    table: "public.zoo_fault_parted_1",
    constraint: "zoo_fault_leaf",
  },
};

testInSteps("restore fails: a constraint that the preview could not know", async (t) => {
  await withEdits(async (previewed) => {
    for (
      const [kind, { add, drop, table, constraint, code = "constraint_violated" }] of Object.entries(
        constraints,
      )
    ) {
      const restore = await previewed();
      await run(add);
      try {
        await t.step(kind, async () => {
          const { error } = await assertHarmless(restore, code);
          if (!constraint) return;
          assert.deepEqual([error.details.table, error.details.constraint], [table, constraint]);
          const { length } = error.details.rows;
          assert.ok(length > 0 && length <= 10, JSON.stringify(error));
          assert.ok(error.message.includes(constraint), error.message);
        });
      } finally {
        await run(drop);
      }
    }
  });
});

testInSteps("restore fails: somebody holds a lock for too long", () =>
  withEdits(async (previewed) => {
    await withSettings({ lock_timeout_seconds: 1 }, async () => {
      const restore = await previewed();
      await withOpenTransaction(
        "lock table public.zoo_fault_down in row exclusive mode",
        async () => void await assertHarmless(restore, "restore_lock_timeout"),
      );
    });
  }));

/** Where the restore is held until its connection is ended. */
const moments = {
  "waiting for its locks": {
    hold: "lock table public.zoo_fault_bag in row exclusive mode",
    add: "select",
    drop: "select",
  },
  "writing rows": {
    hold: gate,
    add: "alter table public.zoo_fault_down add constraint zoo_wait check (zoo.waits(id)) not valid",
    drop: "alter table public.zoo_fault_down drop constraint zoo_wait",
  },
  "keeping images": {
    hold: gate,
    add:
      `create trigger zoo_wait before insert on backup.restore_images for each row execute function zoo.wait();
      alter table backup.restore_images enable always trigger zoo_wait`,
    drop: "drop trigger zoo_wait on backup.restore_images",
  },
  "committing": {
    hold: gate,
    add: `create constraint trigger zoo_wait after update on backup.restores deferrable initially deferred
        for each row execute function zoo.wait();
      alter table backup.restores enable always trigger zoo_wait`,
    drop: "drop trigger zoo_wait on backup.restores",
  },
};

testInSteps("restore fails: its connection ends", async (t) => {
  await withEdits(async (previewed) => {
    for (const [moment, { hold, add, drop }] of Object.entries(moments)) {
      await t.step(moment, async () => {
        const restore = await previewed();
        await run(add);
        try {
          const before = await wholeDatabase();
          let id = "";
          await withSettings(onlyOnce, () =>
            withOpenTransaction(hold, async () => {
              id = await accepted(askToApply(restore));
              await untilApplyWaits();
              await endApply();
            }));
          const failed = await settled(id);
          assert.equal(failed.status, "failed");
          assert.ok(failed.error.message.length > 10, JSON.stringify(failed.error));
          assertUnchanged(await wholeDatabase(), before, moment);
          await assertCleared(failed);
        } finally {
          await run(drop);
        }
      });
    }
  });
});

testInSteps(
  "restore fails: once what was in the way is gone, the same restore succeeds",
  () =>
    withEdits(async (previewed) => {
      const first = await previewed();
      await run("alter table public.zoo_fault_down add constraint zoo_fault_check check (id < 25) not valid");
      await failingApply(first, "constraint_violated");
      await run("alter table public.zoo_fault_down drop constraint zoo_fault_check");
      const again = await settled(await accepted(askToApply(await previewed())));
      assert.equal(again.status, "completed", JSON.stringify(again.error));
      const [{ rows }] =
        await sql`select count(*)::int as rows from public.zoo_fault_down where note = 'note'`;
      assert.equal(rows, 40);
    }),
);
