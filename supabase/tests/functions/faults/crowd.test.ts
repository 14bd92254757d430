/** Many people at the same moment. */
import assert from "node:assert/strict";
import { call } from "../_support/api.ts";
import { ended, removeBackup } from "../_support/backups.ts";
import { type Person, withPerson } from "../_support/people.ts";
import { test } from "../_support/stack.ts";
import { withBackupOf } from "../restore/_support/archives.ts";
import { run, withObjects } from "../restore/_support/objects.ts";
import { discard, settled } from "../restore/_support/restores.ts";
import { assertNothingLeft } from "./_support/nothing_left.ts";

const crowd = 10;

test("crowd: of fifty creates by ten administrators exactly one makes a backup", async () => {
  await withAdmins(crowd, async (admins) => {
    const asked = admins.flatMap((admin) => Array.from({ length: 5 }, () => admin)).map((admin) =>
      call("POST", "/backups/create", { as: admin.credential, body: { tables: ["events"] } })
    );
    const answers = await Promise.all((await Promise.all(asked)).map(async (answer) => ({
      status: answer.status,
      body: await answer.json(),
    })));
    const accepted = answers.filter(({ status }) => status === 202);
    try {
      assert.equal(accepted.length, 1);
      const { backupId } = accepted[0].body;
      for (const { status, body } of answers.filter((answer) => answer !== accepted[0])) {
        assert.ok(
          status === 409 && body.code === "backup_in_progress" || status === 429,
          JSON.stringify(body),
        );
        if (status === 409) assert.equal(body.backup_id, backupId);
      }
      assert.equal((await ended(backupId)).status, "completed");
      await assertNothingLeft();
    } finally {
      for (const { body } of accepted) await removeBackup(body.backupId);
    }
  });
});

test("crowd: twenty previews by ten administrators at once all come out well", async () => {
  await withNotes((backupId) =>
    withAdmins(crowd, async (admins) => {
      const asked = [...admins, ...admins].map((admin) =>
        call("POST", `/backups/${backupId}/preview`, { as: admin.credential, body: {} })
      );
      const ids = await Promise.all((await Promise.all(asked)).map(async (answer) => {
        const body = await answer.json();
        assert.equal(answer.status, 202, JSON.stringify(body));
        return body.restoreId as string;
      }));
      assert.equal(new Set(ids).size, 2 * crowd);
      for (const id of ids) {
        const restore = await settled(id);
        assert.equal(restore.status, "previewed", JSON.stringify(restore.error));
        assert.deepEqual(restore.preview.totals, {
          insert: 10,
          update: 10,
          delete: 0,
          unchanged: 80,
          kept: 0,
        });
        await discard(restore);
      }
      await assertNothingLeft();
    })
  );
});

/** A small table, backed up and changed since. */
async function withNotes(work: (backupId: string) => Promise<void>): Promise<void> {
  const table = `
    create table public.notes (id integer primary key, body text);
    insert into public.notes select n, 'note' from generate_series(1, 100) as n`;
  await withObjects([table], () =>
    withBackupOf(["notes"], async (backupId) => {
      await run(`
        delete from public.notes where id <= 10;
        update public.notes set body = 'changed' where id > 90`);
      await work(backupId);
    }));
}

/** That many administrators, signed in. */
async function withAdmins(
  count: number,
  work: (admins: Person[]) => Promise<void>,
  found: Person[] = [],
): Promise<void> {
  if (found.length === count) return await work(found);
  await withPerson("admin", (person) => withAdmins(count, work, [...found, person]));
}
