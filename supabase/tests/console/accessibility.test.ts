import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { sql } from "../functions/_support/stack.ts";
import { assertAccessible } from "./_support/axe.ts";
import { consoleUrl, desktop, goTo, phone, signIn, testInBrowser } from "./_support/browser.ts";
import { makeBackup, removeBackup } from "./_support/waiting.ts";

for (const [window, options] of [["desktop", desktop], ["phone", phone]] as const) {
  testInBrowser(`axe finds nothing on any screen, in light and in dark (${window})`, async (page) => {
    const backup = await makeBackup("To look at");
    try {
      await page.goto(consoleUrl);
      await page.getByLabel("E-mail").waitFor();
      await assertAccessible(page, "sign-in");
      await signIn(page);
      for (const [place, sign] of screens(backup.id)) {
        await goTo(page, place);
        await page.getByText(sign).first().waitFor();
        await assertAccessible(page, place);
      }
      await inDetail(page, backup.id);
    } finally {
      await removeBackup(backup.id);
    }
  }, options);
}

const screens = (id: string): [string, string][] => [
  ["backups", "History"],
  [`backups/${id}`, "What is in it"],
  ["restore", "Restores and previews"],
  ["restore/new", "Completed backups"],
  [`restore/new/${id}`, "How?"],
  ["validation", "As of the last backup"],
  ["schedule", "With the rules as they are"],
  ["activity", "Who did what"],
];

/** Dialogs, and what opens when one clicks. */
async function inDetail(page: Page, id: string): Promise<void> {
  await goTo(page, "backups");
  await page.getByRole("button", { name: "Back up now" }).click();
  await page.getByRole("button", { name: "More options" }).click();
  await assertAccessible(page, "create dialog");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Actions for/ }).first().click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await assertAccessible(page, "delete dialog");
  await page.keyboard.press("Escape");
  await goTo(page, "validation");
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByText("Checked now").waitFor();
  await page.getByRole("button", { name: /^jobs/ }).click();
  await assertAccessible(page, "validation report");
  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.getByRole("dialog").getByLabel("Table").selectOption("profiles");
  await assertAccessible(page, "rule dialog");
  await page.keyboard.press("Escape");
  await goTo(page, "activity");
  await page.getByRole("tab", { name: "Who did what" }).click();
  await page.getByRole("table").waitFor();
  await assertAccessible(page, "audit log");
  const [person] = await sql`
    update public.profiles set company = 'Written over' where id = (select max(id::text)::uuid from public.profiles)
    returning id`;
  await goTo(page, `restore/new/${id}`);
  await page.getByRole("radio", { name: "Bring back and repair" }).click();
  await page.getByRole("button", { name: "Show me what would change" }).click();
  await page.locator(".bc-before").getByText("Written over").first().waitFor();
  await assertAccessible(page, "preview");
  await page.getByRole("button", { name: "Restore …" }).click();
  await assertAccessible(page, "confirmation");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/To confirm/).fill(
    (await dialog.locator(".bc-phrase").textContent())!,
  );
  await dialog.getByRole("button", { name: /^Restore \d/ }).click();
  await page.getByRole("heading", { level: 1, name: "Restored" }).waitFor();
  await assertAccessible(page, "result");
  assert.equal(
    (await sql`select from public.profiles where id = ${person.id} and company = 'Written over'`)
      .length,
    0,
  );
}
