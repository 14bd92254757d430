import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { sql } from "../functions/_support/stack.ts";
import { goTo, heading, signIn, testInBrowser } from "./_support/browser.ts";
import { makeBackup, removeBackup } from "./_support/waiting.ts";

testInBrowser(
  "a backup is asked for, made, opened, and downloaded with every row in it",
  async (page) => {
    const notes = `From the console ${crypto.randomUUID()}`;
    await signIn(page);
    await page.getByRole("button", { name: "Back up now" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Note").fill(notes);
    await dialog.getByRole("button", { name: "Back up now" }).click();
    await dialog.waitFor({ state: "detached" });

    const row = page.getByRole("row").filter({ hasText: notes });
    await row.getByRole("cell", { name: "Completed", exact: true }).waitFor();
    await row.getByRole("link").first().click();
    await heading(page, /Backup of/).waitFor();
    await page.getByRole("cell", { name: "profiles", exact: true }).waitFor();
    const [{ n }] = await sql`select count(*)::int as n from public.profiles`;

    const arriving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const path = await (await arriving).path();
    const text = gunzipSync(await Deno.readFile(path)).toString();
    const rows = /^copy "?public"?\."?profiles"? .*\n([\s\S]*?)^\\\.$/m.exec(
      text,
    )?.[1].trimEnd().split("\n")
      .length;
    assert.equal(rows, n, "the file holds every profile");

    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByRole("button", { name: "Kept for good" }).click();
    await page.getByRole("button", { name: "Keep", exact: true }).waitFor();
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("It can be read back").waitFor();

    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete it" })
      .click();
    await heading(page, "Backups").waitFor();
    await row.waitFor({ state: "detached" });
  },
);

testInBrowser(
  "the history can be filtered, and says when nothing is like that",
  async (page) => {
    const backup = await makeBackup("For a filter");
    try {
      await signIn(page);
      await page.getByRole("row").filter({ hasText: "For a filter" }).first()
        .waitFor();
      await page.getByLabel("State").selectOption("Failed");
      await page.getByLabel("Kind").selectOption("Weekly");
      await page.getByText("No backup is like that").waitFor();
      await page.getByRole("button", { name: "Show all" }).click();
      await page.getByRole("row").filter({ hasText: "For a filter" }).first()
        .waitFor();
      await page.getByRole("button", { name: "As a table" }).click();
      await page.getByRole("region", { name: "Rows and size over time" })
        .getByRole("row").nth(1).waitFor();
    } finally {
      await removeBackup(backup.id);
    }
  },
);

testInBrowser(
  "errors in the data stop a backup, and say which record and what to do",
  async (page) => {
    const id = crypto.randomUUID();
    await sql`insert into public.profiles (id, first_name, last_name, email) values (${id}, 'Broken', 'Address', 'not an address')`;
    const notes = `Stopped ${id}`;
    try {
      await signIn(page);
      await page.getByRole("button", { name: "Back up now" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Note").fill(notes);
      await dialog.getByRole("button", { name: "Back up now" }).click();
      const row = page.getByRole("row").filter({ hasText: notes });
      await row.getByRole("cell", { name: "Stopped by errors" }).waitFor();
      await row.getByRole("link").first().click();
      await page.getByText("so nothing was stored").waitFor();
      await page.getByText("not an address is not an e-mail address.")
        .waitFor();
    } finally {
      await sql`delete from public.profiles where id = ${id}`;
    }
  },
);

testInBrowser("an address of nothing says so, and leads back", async (page) => {
  await signIn(page);
  await goTo(page, `backups/${crypto.randomUUID()}`);
  await page.getByRole("alert").getByText("could not be loaded").waitFor();
  await goTo(page, "nowhere");
  await page.getByRole("link", { name: "To the backups" }).click();
  await heading(page, "Backups").waitFor();
});
