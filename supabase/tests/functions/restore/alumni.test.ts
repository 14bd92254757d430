import assert from "node:assert/strict";
import { sql } from "../_support/stack.ts";
import { withBackupOf } from "./_support/archives.ts";
import { dump } from "./_support/dump.ts";
import { apply, preview, type Restore, restoreAtOnce, undo } from "./_support/restores.ts";
import { label, quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// The alumni tables themselves, with their triggers, policies and references.

const tables = ["profiles", "roles", "user_roles", "events", "jobs"];
const names = tables.map(quoted);

testInSteps("restore: yesterday's backup over today's data touches only what changed since", async () => {
  const before = await dump(names);
  await withBackupOf(tables, async (backupId) => {
    await sql`update public.profiles set company = 'Changed' where id in (select id from public.profiles order by id desc limit 3)`;
    await sql`update public.jobs set is_active = not is_active where id in (select id from public.jobs order by id limit 2)`;
    const edited = await dump(names);

    const previewed = await preview(backupId);
    const { totals, tables: found, needs, sequences } = previewed.preview;
    assert.deepEqual([totals.insert, totals.update, totals.delete], [0, 5, 0]);
    const fetched = found.filter(({ is_fetched }: Restore) => is_fetched).map(({ table }: Restore) => table);
    assert.deepEqual(fetched.sort(), [label("jobs"), label("profiles")]);
    assert.deepEqual([needs, sequences], [[], []]);

    const applied = await apply(previewed);
    assert.deepEqual(applied.result.totals, { inserted: 0, updated: 5, deleted: 0, skipped: 0 });
    assert.deepEqual(await dump(names), before, "updated_at, too, is what it was");
    await undo(applied);
    assert.deepEqual(await dump(names), edited);
    await apply(await preview(backupId));
    assert.deepEqual(await dump(names), before);
  });
});

testInSteps("restore: a deleted alumnus comes back with roles, events and jobs by one call", async () => {
  const before = await dump(names);
  const [{ id }] = await sql`
    select profile_id as id from public.user_roles
    join public.roles on roles.id = role_id and roles.name = 'alumni'
    join public.jobs on posted_by = profile_id
    where not exists (select from public.user_roles as other join public.roles as more on more.id = other.role_id
                      where other.profile_id = user_roles.profile_id and more.name in ('admin', 'super_admin'))
    order by 1 limit 1`;
  await withBackupOf(tables, async (backupId) => {
    await sql`delete from public.profiles where id = ${id}`;
    assert.notDeepEqual((await dump(names))[quoted("jobs")], before[quoted("jobs")], "their jobs lost them");
    const wish = { mode: "merge", rows: { profiles: [id] }, with_children: true };
    const restored = await restoreAtOnce(backupId, wish);
    assert.equal(restored.status, "completed", JSON.stringify(restored.error));
    assert.deepEqual(await dump(names), before);
  });
});
