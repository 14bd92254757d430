import assert from "node:assert/strict";
import { problem } from "../_support/api.ts";
import { withBackupOf } from "./_support/archives.ts";
import { assertSame, dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { apply, askToApply, preview, type Restore, restoreAtOnce, undo } from "./_support/restores.ts";
import { label, quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// Rows of tables that were not chosen, and that would lose their parent.

const tables = ["parent", "cascading", "below", "emptied", "defaulted"].map((name) => `zoo_${name}`);
const create = `
  create table public.zoo_parent (id integer primary key, code text unique);
  create table public.zoo_cascading (id integer primary key, parent_id integer references public.zoo_parent (id) on delete cascade);
  create table public.zoo_below (id integer primary key, cascading_id integer constraint zoo_below_up references public.zoo_cascading (id) on delete cascade);
  create table public.zoo_emptied (id integer primary key, parent_id integer references public.zoo_parent (id) on delete set null);
  create table public.zoo_defaulted (id integer primary key, parent_id integer default 1 references public.zoo_parent (id) on delete set default);
  insert into public.zoo_parent select n, 'code ' || n from generate_series(1, 5) as n;
  insert into public.zoo_cascading values (1, 1);
  insert into public.zoo_below values (1, 1);
  insert into public.zoo_emptied values (1, 1);
  insert into public.zoo_defaulted values (1, 2);`;
const edit = `
  insert into public.zoo_parent values (6, 'new'), (7, 'without children');
  insert into public.zoo_cascading values (2, 6), (3, 6);
  insert into public.zoo_below values (2, 2), (3, 3), (4, 3);
  insert into public.zoo_emptied values (2, 6);`;

/** A backup of the parents alone; then parents and children that it does not know. */
async function withNewChildren(more: string, work: (backupId: string) => Promise<void>): Promise<void> {
  await withObjects([create], () =>
    withBackupOf(["zoo_parent"], async (backupId) => {
      await run(edit + more);
      await work(backupId);
    }));
}

const byTable = (restore: Restore) =>
  Object.fromEntries(
    restore.preview.cascades.map(({ table, action, rows }: Restore) => [table, [action, rows]]),
  );

testInSteps(
  "restore: rows of other tables lose their parent only when that is accepted, and undo brings them back",
  async () => {
    await withNewChildren("", async (backupId) => {
      const names = tables.map(quoted);
      const edited = await dump(names);
      const previewed = await preview(backupId);
      assert.deepEqual(byTable(previewed), {
        [label("zoo_cascading")]: ["delete", 2],
        [label("zoo_below")]: ["delete", 3],
        [label("zoo_emptied")]: ["set null", 1],
      });
      const below = previewed.preview.cascades.find(({ table }: Restore) => table === label("zoo_below"));
      assert.deepEqual([below.constraint, below.references], ["zoo_below_up", label("zoo_cascading")]);
      assert.deepEqual(below.sample.map(({ id }: Restore) => id).sort(), ["2", "3", "4"]);
      assert.deepEqual(previewed.preview.needs, ["accept_cascade"]);

      const refused = await problem(askToApply(previewed), 409, "cascade_not_accepted");
      assert.equal(refused.cascades.length, 3);
      assert.deepEqual(await dump(names), edited);

      const applied = await apply(previewed, { accept_cascade: true });
      const after = await dump(names);
      const ids = (table: string) => after[quoted(table)].map(({ text }) => text);
      assert.deepEqual(ids("zoo_parent").length, 5);
      assert.deepEqual(ids("zoo_cascading"), ["(1,1)"]);
      assert.deepEqual(ids("zoo_below"), ["(1,1)"]);
      assert.deepEqual(ids("zoo_emptied"), ["(1,1)", "(2,)"]);

      const undone = await undo(applied);
      assert.deepEqual(await dump(names), edited);
      await undo(undone, { accept_cascade: true });
      assert.deepEqual(await dump(names), after);
    });
  },
);

testInSteps(
  "restore: cascades reach partitions, other schemas, tables without a key, and only the columns that are to be emptied",
  async () => {
    const own = [
      `create table public.zoo_tenant (tenant integer, id integer, primary key (tenant, id));
     insert into public.zoo_tenant values (1, 1);
     create table public.zoo_some (id integer primary key, tenant integer not null, tenant_id integer,
       foreign key (tenant, tenant_id) references public.zoo_tenant on delete set null (tenant_id));
     create table public.zoo_parts (id integer, tenant integer, tenant_id integer,
       foreign key (tenant, tenant_id) references public.zoo_tenant on delete cascade) partition by hash (id);
     create table public.zoo_parts_0 partition of public.zoo_parts for values with (modulus 2, remainder 0);
     create table public.zoo_parts_1 partition of public.zoo_parts for values with (modulus 2, remainder 1);
     create table public.zoo_keyless (tenant integer, tenant_id integer, body text,
       foreign key (tenant, tenant_id) references public.zoo_tenant on delete set null);
     create table zoo.elsewhere (tenant integer, tenant_id integer, body text,
       foreign key (tenant, tenant_id) references public.zoo_tenant on delete cascade);`,
    ];
    await withObjects(own, () =>
      withBackupOf(["zoo_tenant"], async (backupId) => {
        await run(`insert into public.zoo_tenant values (1, 2);
        insert into public.zoo_some values (1, 1, 1), (2, 1, 2);
        insert into public.zoo_parts select n, 1, 1 + n % 2 from generate_series(1, 20) as n;
        insert into public.zoo_keyless select 1, 2, 'same' from generate_series(1, 5);
        insert into zoo.elsewhere select 1, 1 + n % 2, 'same' from generate_series(1, 6) as n`);
        const names = ["zoo_tenant", "zoo_some", "zoo_parts", "zoo_keyless"].map(quoted).concat(
          "zoo.elsewhere",
        );
        const edited = await dump(names);
        const previewed = await preview(backupId);
        assert.deepEqual(byTable(previewed), {
          [label("zoo_some")]: ["set null", 1],
          [label("zoo_parts")]: ["delete", 10],
          [label("zoo_keyless")]: ["set null", 5],
          "zoo.elsewhere": ["delete", 3],
        });
        const applied = await apply(previewed, { accept_cascade: true });
        const after = await dump(names);
        assert.deepEqual(after[quoted("zoo_some")].map(({ text }) => text), ["(1,1,1)", "(2,1,)"]);
        assert.equal(after[quoted("zoo_parts")].length, 10);
        assert.deepEqual(after[quoted("zoo_keyless")].map(({ text }) => text), Array(5).fill("(same,,)"));
        assert.equal(after["zoo.elsewhere"].length, 3);
        await undo(applied);
        assert.deepEqual(await dump(names), edited);
      }));
  },
);

testInSteps("restore: what would become of rows that only a default can save is said", async () => {
  await withNewChildren("insert into public.zoo_defaulted values (2, 6);", async (backupId) => {
    const previewed = await preview(backupId, { accept_cascade: true });
    const { preview: found } = previewed;
    const isSaid = [...found.cascades, ...found.violations].some(({ table }: Restore) =>
      table === label("zoo_defaulted")
    );
    assert.ok(isSaid, JSON.stringify(found.cascades));
  });
});

testInSteps("restore: ON DELETE RESTRICT and NO ACTION stand in the way, accepted or not", async () => {
  for (const action of ["restrict", "no action"]) {
    await withNewChildren(
      `create table public.zoo_restricted (id integer primary key, parent_id integer references public.zoo_parent (id) on delete ${action});
       insert into public.zoo_restricted values (1, 6);`,
      async (backupId) => {
        const names = [...tables, "zoo_restricted"].map(quoted);
        const edited = await dump(names);
        const previewed = await preview(backupId, { accept_cascade: true });
        assert.deepEqual(byTable(previewed)[label("zoo_restricted")], ["none", 1]);
        await problem(askToApply(previewed, { accept_cascade: true }), 409, "restore_blocked");
        assert.deepEqual(await dump(names), edited, action);
      },
    );
  }
});

testInSteps(
  "restore: without a preview a cascade that nobody accepted fails, and nothing is touched",
  async () => {
    await withNewChildren("", async (backupId) => {
      const names = tables.map(quoted);
      const edited = await dump(names);
      const refused = await restoreAtOnce(backupId);
      assert.equal(refused.status, "failed");
      assert.equal(refused.error.code, "cascade_not_accepted");
      assert.deepEqual(await dump(names), edited);
      const applied = await restoreAtOnce(backupId, { accept_cascade: true });
      assert.equal(applied.status, "completed", JSON.stringify(applied.error));
      assertSame(
        (await dump(names))[quoted("zoo_emptied")].slice(1),
        [{ key: null, text: "(2,)" }],
        "emptied",
      );
    });
  },
);

testInSteps("restore: a key that others refer to cannot change back under them unnoticed", async () => {
  await withObjects([
    create,
    `create table public.zoo_by_code (id integer primary key, code text references public.zoo_parent (code) on update cascade);
     insert into public.zoo_by_code values (1, 'code 3');`,
  ], () =>
    withBackupOf(["zoo_parent"], async (backupId) => {
      await run("update public.zoo_parent set code = 'another' where id = 3");
      const { preview: found } = await preview(backupId);
      const isSaid = [...found.cascades, ...found.violations].some(({ table }: Restore) =>
        table === label("zoo_by_code")
      );
      assert.ok(isSaid, JSON.stringify(found));
    }));
});
