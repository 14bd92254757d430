import assert from "node:assert/strict";
import { problem } from "../_support/api.ts";
import { withPerson } from "../_support/people.ts";
import { sql } from "../_support/stack.ts";
import { withBackupOf } from "./_support/archives.ts";
import {
  accepted,
  apply,
  askForUndo,
  askToApply,
  preview,
  restoreAtOnce,
  settled,
  undo,
} from "./_support/restores.ts";
import { testInSteps } from "./_support/steps.ts";

// Nobody becomes an administrator again, and none is locked out, unless somebody says so.

const tables = ["profiles", "roles", "user_roles"];
const give = (profileId: string, role: string) =>
  sql`insert into public.user_roles (profile_id, role_id) select ${profileId}, id from public.roles where name = ${role}`;
const take = (profileId: string) => sql`delete from public.user_roles where profile_id = ${profileId}`;
const rolesOf = async (profileId: string) =>
  (await sql`
    select roles.name from public.user_roles join public.roles on roles.id = role_id
    where profile_id = ${profileId} order by 1`).map(({ name }) => name);

testInSteps(
  "restore: rights that come and go are listed, and need to be accepted",
  () =>
    withPerson(
      "admin",
      (former) =>
        withPerson("alumni", (recent) =>
          withBackupOf(tables, async (backupId) => {
            await take(former.id);
            await give(recent.id, "super_admin");
            const changes = {
              added: [{ profile_id: former.id, role: "admin" }],
              removed: [{ profile_id: recent.id, role: "super_admin" }],
            };
            const previewed = await preview(backupId);
            assert.deepEqual(previewed.preview.privileges, changes);
            assert.deepEqual(previewed.preview.needs, ["accept_privilege_changes"]);
            const refused = await problem(askToApply(previewed), 409, "privilege_changes_not_accepted");
            assert.deepEqual({ added: refused.added, removed: refused.removed }, changes);
            assert.deepEqual(await rolesOf(former.id), []);

            const applied = await apply(previewed, { accept_privilege_changes: true });
            assert.deepEqual([await rolesOf(former.id), await rolesOf(recent.id)], [["admin"], ["alumni"]]);

            const unasked = await settled(await accepted(askForUndo(applied)));
            assert.deepEqual([unasked.status, unasked.error?.code], [
              "failed",
              "privilege_changes_not_accepted",
            ]);
            assert.deepEqual(await rolesOf(former.id), ["admin"]);
            await undo(applied, { accept_privilege_changes: true });
            assert.deepEqual([await rolesOf(former.id), await rolesOf(recent.id)], [[], [
              "alumni",
              "super_admin",
            ]]);
          })),
    ),
);

testInSteps(
  "restore: a renamed role gives rights back as well",
  () =>
    withPerson("admin", (person) =>
      withBackupOf(tables, async (backupId) => {
        await sql`update public.roles set name = 'was admin' where name = 'admin'`;
        try {
          const { preview: found } = await preview(backupId, { tables: ["roles"] });
          assert.deepEqual(found.needs, ["accept_privilege_changes"]);
          assert.ok(
            found.privileges.added.some(({ profile_id }: { profile_id: string }) => profile_id === person.id),
          );
        } finally {
          await sql`update public.roles set name = 'admin' where name = 'was admin'`;
        }
      })),
);

testInSteps(
  "restore: without a preview, rights that nobody accepted make it fail",
  () =>
    withPerson("admin", (former) =>
      withBackupOf(tables, async (backupId) => {
        await take(former.id);
        const refused = await restoreAtOnce(backupId, { tables: ["user_roles"] });
        assert.equal(refused.status, "failed");
        assert.equal(refused.error.code, "privilege_changes_not_accepted");
        assert.deepEqual(await rolesOf(former.id), []);
      })),
);

testInSteps(
  "restore: roles that carry no rights need no consent",
  () =>
    withPerson("alumni", (person) =>
      withBackupOf(tables, async (backupId) => {
        await take(person.id);
        const previewed = await preview(backupId, { rows: { user_roles: await keysOf(person.id) } });
        assert.deepEqual(previewed.preview.needs, []);
        await apply(previewed);
        assert.deepEqual(await rolesOf(person.id), ["alumni"]);
      })),
);

async function keysOf(profileId: string): Promise<string[][]> {
  const [{ id }] = await sql`select id from public.roles where name = 'alumni'`;
  return [[profileId, id]];
}
