import assert from "node:assert/strict";
import { problem } from "../_support/api.ts";
import { withBackupOf } from "./_support/archives.ts";
import { dump } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { askToApply, preview, type Restore } from "./_support/restores.ts";
import { label, quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// Constraints that the result would break are seen in the preview, before anything is touched.

interface Violation {
  create: string;
  /** After the backup. */
  change: string;
  constraint: string;
  kind: string;
  rows: number;
}

const rows = (table: string, columns = "code text") => `
  create table public.${table} (id integer primary key, ${columns});`;
const filled = (table: string) =>
  `${rows(table)} insert into public.${table} select n, 'code ' || n from generate_series(1, 5) as n;`;
/** Row 1 is deleted, and what was unique to it belongs to a row that a merge keeps. */
const taken = (table: string) =>
  `delete from public.${table} where id = 1; insert into public.${table} values (9, 'code 1');`;

const broken: Record<string, Violation> = {
  zoo_unique: {
    create: filled("zoo_unique") +
      "alter table public.zoo_unique add constraint zoo_unique_code unique (code);",
    change: taken("zoo_unique"),
    constraint: "zoo_unique_code",
    kind: "unique",
    rows: 1,
  },
  zoo_unique_later: {
    create: filled("zoo_unique_later") +
      "alter table public.zoo_unique_later add constraint zoo_unique_later_code unique (code) deferrable initially deferred;",
    change: taken("zoo_unique_later"),
    constraint: "zoo_unique_later_code",
    kind: "unique",
    rows: 1,
  },
  zoo_unique_index: {
    create: filled("zoo_unique_index") +
      "create unique index zoo_unique_index_code on public.zoo_unique_index (lower(code)) where id > 0;",
    change: taken("zoo_unique_index").replace("'code 1'", "'CODE 1'"),
    constraint: "zoo_unique_index_code",
    kind: "unique",
    rows: 1,
  },
  zoo_unique_new: {
    create: `${
      rows("zoo_unique_new")
    } insert into public.zoo_unique_new values (1, 'same'), (2, 'same'), (3, 'other');`,
    change:
      "update public.zoo_unique_new set code = id; create unique index zoo_unique_new_code on public.zoo_unique_new (code);",
    constraint: "zoo_unique_new_code",
    kind: "unique",
    rows: 1,
  },
  zoo_check: {
    create: filled("zoo_check"),
    change:
      "delete from public.zoo_check where id in (1, 2); alter table public.zoo_check add constraint zoo_check_code check (code <> 'code 1');",
    constraint: "zoo_check_code",
    kind: "check",
    rows: 1,
  },
  zoo_check_lenient: {
    create: filled("zoo_check_lenient"),
    change:
      "alter table public.zoo_check_lenient add constraint zoo_check_lenient_code check (code <> 'code 1') not valid; delete from public.zoo_check_lenient where id = 1;",
    constraint: "zoo_check_lenient_code",
    kind: "check",
    rows: 1,
  },
  zoo_exclusion: {
    create: `${
      rows(
        "zoo_exclusion",
        "during int4range, constraint zoo_exclusion_during exclude using gist (during with &&)",
      )
    }
      insert into public.zoo_exclusion values (1, '[1,10)'), (2, '[10,20)');`,
    change:
      "delete from public.zoo_exclusion where id = 1; insert into public.zoo_exclusion values (9, '[5,6)'), (10, '[7,8)');",
    constraint: "zoo_exclusion_during",
    kind: "exclusion",
    rows: 1,
  },
  zoo_partition: {
    create: `create table public.zoo_partition (id integer primary key, code text) partition by range (id);
      create table public.zoo_partition_1 partition of public.zoo_partition for values from (0) to (10);
      create table public.zoo_partition_2 partition of public.zoo_partition for values from (10) to (20);
      insert into public.zoo_partition select n, 'row' from generate_series(8, 11) as n;`,
    change: "drop table public.zoo_partition_2;",
    constraint: "",
    kind: "partition",
    rows: 2,
  },
};

testInSteps("restore: constraints that a merge would break are in the preview", async (t) => {
  const tables = Object.keys(broken);
  const names = tables.map(quoted);
  await withObjects(
    Object.values(broken).map(({ create }) => create),
    () =>
      withBackupOf(tables, async (backupId) => {
        for (const { change } of Object.values(broken)) await run(change);
        const edited = await dump(names);
        const previewed = await preview(backupId, { mode: "merge" });
        for (const [table, { constraint, kind, rows }] of Object.entries(broken)) {
          await t.step(`${kind} (${table})`, () => {
            const found = previewed.preview.violations.filter((entry: Restore) =>
              entry.table === label(table)
            );
            assert.equal(found.length, 1, JSON.stringify(found));
            const [violation] = found;
            assert.deepEqual([violation.kind, violation.is_blocking], [kind, true], violation.message);
            if (constraint) assert.equal(violation.constraint, constraint);
            assert.equal(violation.rows, rows);
            assert.equal(violation.sample.length, rows, "the rows are shown");
            assert.ok(violation.message.length > 10);
          });
        }
        const refused = await problem(askToApply(previewed), 409, "restore_blocked");
        assert.ok(refused.blocking.length > 0);
        assert.deepEqual(await dump(names), edited);
      }),
  );
});

testInSteps("restore: a foreign key that is new since the backup counts too", () =>
  withObjects([`
    create table public.zoo_up (id integer primary key);
    create table public.zoo_down (id integer primary key, up_id integer);
    insert into public.zoo_up values (1), (2);
    insert into public.zoo_down values (1, 1), (2, 77);`], () =>
    withBackupOf(["zoo_up", "zoo_down"], async (backupId) => {
      await run(`delete from public.zoo_down;
        alter table public.zoo_down add constraint zoo_down_up foreign key (up_id) references public.zoo_up (id)`);
      const { preview: found } = await preview(backupId);
      const said = [...found.orphans, ...found.violations].filter(({ constraint }: Restore) =>
        constraint === "zoo_down_up"
      );
      assert.deepEqual(said.map(({ table, rows }: Restore) => [table, rows]), [[label("zoo_down"), 1]]);
    })));
