/** No space is left where rows are staged: it is said so, nothing else suffers, and with space it works. */
import assert from "node:assert/strict";
import { call, json, secret } from "../_support/api.ts";
import { ended } from "../_support/backups.ts";
import { sql } from "../_support/stack.ts";
import { onlyOnce, withSettings } from "../backup/_support/settings.ts";
import { forgetRestores, withBackupOf } from "../restore/_support/archives.ts";
import { run, withObjects } from "../restore/_support/objects.ts";
import { accepted, apply, askForPreview, preview, settled } from "../restore/_support/restores.ts";
import { assertNothingLeft } from "./_support/nothing_left.ts";
import { canMount, withSmallDisk } from "./_support/small_disk.ts";

// Some three megabytes as they are staged.
const table = `
  create table public.letters (id integer primary key, body text not null);
  insert into public.letters select n, repeat(md5(n::text), 30) from generate_series(1, 3000) as n`;

Deno.test({
  name: "full disk: a preview and a drill fail, and say why; with space again both succeed",
  ignore: !canMount,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await withObjects(
      [table],
      () =>
        withSettings(
          { ...onlyOnce, slice_bytes: 8 * 1024 * 1024 },
          () =>
            withBackupOf(["letters"], async (backupId) => {
              await run(
                "update public.letters set body = 'changed' where id % 3 = 0; delete from public.letters where id > 2900",
              );
              const before = await hash();
              await withSmallDisk(1024, async () => {
                const restore = await settled(await accepted(askForPreview(backupId)));
                assert.equal(restore.status, "failed");
                assert.equal(restore.error.code, "database_unavailable", JSON.stringify(restore.error));
                assert.match(JSON.stringify(restore.error), /No space left on device/);

                await json(call("POST", `/backups/${backupId}/verify`, { as: secret }), 202);
                await assertNothingLeft();
                const { verification } = await ended(backupId);
                assert.equal(verification.status, "error", JSON.stringify(verification));
              });
              assert.equal(await hash(), before);
              await assertNothingLeft();

              await json(call("POST", `/backups/${backupId}/verify`, { as: secret }), 202);
              await assertNothingLeft();
              assert.equal((await ended(backupId)).verification.status, "passed");
              await apply(await preview(backupId));
              assert.notEqual(await hash(), before);
              await forgetRestores(backupId);
            }),
        ),
    );
  },
});

async function hash(): Promise<string> {
  const [{ text }] =
    await sql`select md5(string_agg(r::text, ',' order by id)) as text from public.letters as r`;
  return text;
}
