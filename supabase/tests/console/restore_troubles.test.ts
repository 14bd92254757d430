import assert from "node:assert/strict";
import { withPerson } from "../functions/_support/people.ts";
import { sql, stack } from "../functions/_support/stack.ts";
import { assertAccessible } from "./_support/axe.ts";
import { heading, signIn, testInBrowser } from "./_support/browser.ts";
import { endSession } from "./_support/session.ts";
import { confirm, preview } from "./_support/restoring.ts";
import { withTable } from "./_support/tables.ts";
import { makeBackup, removeBackup } from "./_support/waiting.ts";

testInBrowser(
  "what stands in the way of a restore is named, and stops it",
  (page) =>
    withTable("id integer primary key, number text", "(1, 'many'), (2, '2')", async (table) => {
      const backup = await makeBackup("Before a column changed");
      await sql.unsafe(`delete from public.${table};
      alter table public.${table} alter number type integer using number::integer`);
      try {
        await signIn(page);
        await preview(page, backup.id, "Bring back what was deleted");
        const way = page.getByRole("alert").filter({ hasText: "This stops the restore" });
        await way.getByText(table).waitFor();
        await way.getByRole("button", { name: "Copy 1" }).waitFor();
        assert.ok(await page.getByRole("button", { name: "Restore …" }).isDisabled());
        await assertAccessible(page, "a blocked preview");
        await way.getByRole("link", { name: "choose some tables" }).click();
        await page.getByText("How?").waitFor();
      } finally {
        await removeBackup(backup.id);
      }
    }),
);

testInBrowser(
  "an undo that would write over later work is refused, and names the records",
  (page) =>
    withTable(
      "id text primary key, body text",
      "('kept-a', 'as it was'), ('kept-b', 'as it was')",
      async (table) => {
        const backup = await makeBackup("Before a mistake");
        await sql.unsafe(`update public.${table} set body = 'wrong'`);
        try {
          await signIn(page);
          await preview(page, backup.id, "Bring back and repair");
          await page.getByRole("button", { name: "Restore …" }).click();
          await confirm(page);
          await heading(page, "Restored").waitFor();
          const { undo_until } =
            (await sql`select undo_until from backup.restores order by created_at desc limit 1`)[0];
          assert.equal(
            await page.getByText("possible until").locator("time").getAttribute("datetime"),
            undo_until.toISOString(),
          );
          await sql.unsafe(`update public.${table} set body = 'written since' where id = 'kept-b'`);

          await page.getByRole("button", { name: "Undo" }).click();
          await assertAccessible(page, "undo dialog");
          await page.getByRole("dialog").getByRole("button", { name: "Undo it" }).click();
          const refusal = page.getByRole("alert").filter({ hasText: "It was not undone" });
          await refusal.getByRole("button", { name: "Copy kept-b" }).waitFor();
          assert.equal(await refusal.getByText("kept-a").count(), 0, "only the one that was written to");
          assert.deepEqual(
            (await sql.unsafe(`select body from public.${table} order by id`)).map(({ body }) => body),
            ["as it was", "written since"],
          );
          await assertAccessible(page, "a refused undo");
          await page.getByRole("link", { name: "from the backup made before it" }).click();
          await page.getByText("How?").waitFor();
          await page.goBack();
          await page.getByRole("link", { name: "To the restore" }).click();
          await heading(page, "Restored").waitFor();
        } finally {
          await removeBackup(backup.id);
        }
      },
    ),
);

testInBrowser(
  "rights that come and go are named and accepted, when restoring and when undoing",
  (page) =>
    withPerson("admin", async ({ id }) => {
      const isAdmin = async () =>
        (await sql`select from public.user_roles where profile_id = ${id}`).length === 1;
      const backup = await makeBackup("Before somebody was deleted");
      await sql`delete from public.profiles where id = ${id}`;
      try {
        await signIn(page);
        await preview(page, backup.id, "Bring back what was deleted");
        await page.getByRole("alert").getByText("Test Person: admin").waitFor();
        await page.getByRole("button", { name: "Restore …" }).click();
        const dialog = page.getByRole("dialog");
        const consent = dialog.getByLabel("I have seen who becomes or stops being an administrator");
        await dialog.getByLabel(/To confirm/).fill((await dialog.locator(".bc-phrase").textContent())!);
        assert.ok(
          await dialog.getByRole("button", { name: /^Restore \d/ }).isDisabled(),
          "not without consent",
        );
        await consent.check();
        await confirm(page);
        await heading(page, "Restored").waitFor();
        assert.equal(await isAdmin(), true);

        await page.getByRole("button", { name: "Undo" }).click();
        await dialog.getByText("Test Person: admin").waitFor();
        await consent.check();
        await dialog.getByRole("button", { name: "Undo it" }).click();
        await heading(page, "Undone").waitFor();
        assert.equal(await isAdmin(), false);
      } finally {
        await removeBackup(backup.id);
      }
    }),
);

testInBrowser(
  "a session that ends at the last question: one signs in, and what was typed is still there",
  (page) =>
    withTable("id integer primary key, body text", "(1, 'as it was')", async (table) => {
      const backup = await makeBackup("Before the session ends");
      await sql.unsafe(`delete from public.${table}`);
      try {
        await signIn(page);
        await preview(page, backup.id, "Bring back what was deleted");
        await page.getByRole("button", { name: "Restore …" }).click();
        await endSession(page);
        await confirm(page);
        const again = page.getByRole("dialog", { name: "Your session has ended" });
        await assertAccessible(page, "a session that has ended");
        await again.getByLabel("Password", { exact: true }).fill(stack.password);
        await again.getByRole("button", { name: "Sign in" }).click();
        await again.waitFor({ state: "detached" });
        const dialog = page.getByRole("dialog");
        assert.equal(await dialog.getByLabel(/To confirm/).inputValue(), table);
        await dialog.getByRole("button", { name: "Restore 1 record" }).click();
        await heading(page, "Restored").waitFor();
        assert.equal((await sql.unsafe(`select from public.${table}`)).length, 1);
      } finally {
        await removeBackup(backup.id);
      }
    }),
);
