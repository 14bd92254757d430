import assert from "node:assert/strict";
import { sql, variable } from "../functions/_support/stack.ts";
import { goTo, heading, signIn, testInBrowser, withPage } from "./_support/browser.ts";
import { confirm, preview } from "./_support/restoring.ts";
import { withTable } from "./_support/tables.ts";
import { makeBackup, removeBackup } from "./_support/waiting.ts";

testInBrowser(
  "two administrators: what one applies while the other looks is neither done twice nor written over",
  (mine) =>
    withPage((theirs) =>
      withTable("id integer primary key, body text", "(1, 'as it was'), (2, 'as it was')", async (table) => {
        const backup = await makeBackup("For two administrators");
        await sql.unsafe(`update public.${table} set body = 'wrong'`);
        try {
          await signIn(mine);
          await signIn(theirs, variable("SUPER_EMAIL"));
          for (const page of [mine, theirs]) await preview(page, backup.id, "Bring back and repair");
          await theirs.getByRole("button", { name: "Restore …" }).click();
          await mine.getByRole("button", { name: "Restore …" }).click();
          await confirm(mine);
          await heading(mine, "Restored").waitFor();
          await sql.unsafe(`update public.${table} set body = 'written since' where id = 2`);

          await confirm(theirs);
          await theirs.getByRole("alert").getByText(/changed since|anew/).first().waitFor();
          assert.deepEqual(
            (await sql.unsafe(`select body from public.${table} order by id`)).map(({ body }) => body),
            ["as it was", "written since"],
          );
          // Each sees what the other has done.
          await goTo(theirs, "restore");
          await theirs.getByRole("row").filter({ hasText: "Ada Adminová" }).filter({ hasText: "Restored" })
            .first().waitFor();
        } finally {
          await removeBackup(backup.id);
        }
      })
    ),
);
