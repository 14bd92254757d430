import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { sql } from "../functions/_support/stack.ts";
import { assertAccessible } from "./_support/axe.ts";
import { consoleUrl, goTo, heading, signIn, testInBrowser } from "./_support/browser.ts";
import { preview } from "./_support/restoring.ts";
import { withTable } from "./_support/tables.ts";
import { makeBackup, removeBackup } from "./_support/waiting.ts";

/** Holds a table, so that whatever wants to read or write it is under way for as long as this takes, however slow the machine. */
async function withHeld(table: string, work: () => Promise<void>): Promise<void> {
  const [{ value }] = await sql`select value from backup.settings where key = 'lock_timeout_seconds'`;
  await sql`update backup.settings set value = '120' where key = 'lock_timeout_seconds'`;
  try {
    await sql.begin(async (held) => {
      await held.unsafe(`lock table public.${table} in access exclusive mode`);
      await work();
    });
  } finally {
    await sql`update backup.settings set value = ${sql.json(value)} where key = 'lock_timeout_seconds'`;
  }
}

function counting(page: Page, path: RegExp): () => number {
  let asked = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && path.test(new URL(request.url()).pathname)) asked++;
  });
  return () => asked;
}

const create = (page: Page) => page.getByRole("dialog").getByRole("button", { name: "Back up now" });

testInBrowser(
  "a backup under way: asked for once, announced, and there after a reload",
  (page) =>
    withTable("id integer primary key", "(1)", async (table) => {
      const notes = `Under way ${crypto.randomUUID()}`;
      const asked = counting(page, /\/backups$/);
      const progress = page.getByRole("region", { name: "A backup is being made" });
      const row = page.getByRole("row").filter({ hasText: notes });
      await signIn(page);
      const other = await page.context().newPage();
      await other.goto(consoleUrl);
      for (const each of [page, other]) await each.getByRole("button", { name: "Back up now" }).click();
      try {
        await withHeld(table, async () => {
          await page.getByRole("dialog").getByLabel("Note").fill(notes);
          await create(page).dblclick();
          await progress.getByRole("status").getByText(/\w/).waitFor();
          await row.waitFor();
          assert.equal(asked(), 1, "a double click asks once");

          // Another window, which does not know of it yet.
          await create(other).click();
          await other.getByRole("alert").getByText("No backup was started").waitFor();
          await other.keyboard.press("Escape");
          await other.getByRole("button", { name: "A backup is being made", disabled: true }).waitFor();

          await page.reload();
          await progress.getByRole("status").getByText(/\w/).waitFor();
        });
        await row.getByRole("cell", { name: "Completed", exact: true }).waitFor();
        await progress.waitFor({ state: "detached" });
      } finally {
        const [backup] = await sql`select id from public.backups where notes = ${notes}`;
        await removeBackup(backup.id);
      }
    }),
);

testInBrowser(
  "a restore under way: applied once, announced, there after a reload, and its end is announced",
  (page) =>
    withTable("id integer primary key, body text", "(1, 'as it was')", async (table) => {
      const backup = await makeBackup("Before a restore that takes a while");
      await sql.unsafe(`delete from public.${table}`);
      const asked = counting(page, /\/restore$/);
      try {
        await signIn(page);
        await preview(page, backup.id, "Bring back what was deleted");
        const progress = page.getByRole("region", { name: "It is being restored" });
        await withHeld(table, async () => {
          await page.getByRole("button", { name: "Restore …" }).click();
          const dialog = page.getByRole("dialog");
          await dialog.getByLabel(/To confirm/).fill(table);
          await dialog.getByRole("button", { name: "Restore 1 record" }).dblclick();
          await progress.getByRole("status").getByText(/\w/).waitFor();
          assert.equal(asked(), 1, "a double click asks once");
          await page.reload();
          await progress.getByRole("status").getByText(/\w/).waitFor();
          await assertAccessible(page, "a restore under way");
          await goTo(page, "restore");
          await page.getByRole("cell", { name: "Being restored", exact: true }).waitFor();
          await page.goBack();
          await progress.waitFor();
        });
        await heading(page, "Restored").waitFor();
        await page.getByRole("status").getByText("1 record came back.").waitFor();
      } finally {
        await removeBackup(backup.id);
      }
    }),
);
