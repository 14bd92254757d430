import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { sql } from "../functions/_support/stack.ts";
import { desktop, goTo, heading, signIn, testInBrowser } from "./_support/browser.ts";
import { confirm } from "./_support/restoring.ts";
import { makeBackup, removeBackup } from "./_support/waiting.ts";

/** Somebody with roles, in a backup, and deleted since; gone for good after the work. */
async function withDeletedAlumnus(
  work: (
    person: { id: string; name: string; backupId: string },
  ) => Promise<void>,
): Promise<void> {
  const id = crypto.randomUUID();
  // The data is shown as it is, whatever it looks like.
  const name = `<img src=x onerror=alert(1)> ${id.slice(0, 8)}`;
  await sql`insert into public.profiles (id, first_name, last_name, email) values (${id}, ${name}, 'Mistake', ${`${id}@alumni.test`})`;
  await sql`insert into public.user_roles (profile_id, role_id) select ${id}, id from public.roles where name in ('alumni', 'mentor')`;
  const backup = await makeBackup(`Before the accident ${id}`);
  await sql`delete from public.profiles where id = ${id}`;
  try {
    await work({ id, name, backupId: backup.id });
  } finally {
    await sql`delete from public.profiles where id = ${id}`;
    await removeBackup(backup.id);
  }
}

const exists = async (id: string) => (await sql`select from public.profiles where id = ${id}`).length === 1;
const roles = async (id: string) =>
  (await sql`select from public.user_roles where profile_id = ${id}`).length;

testInBrowser(
  "a deleted alumnus is found, comes back with their roles, and the restore is undone",
  async (page) => {
    await withDeletedAlumnus(async ({ id, name, backupId }) => {
      await signIn(page);
      await goTo(page, "restore");
      await page.getByRole("link", { name: "Bring something back" }).click();
      await page.getByRole("link").filter({ hasText: id }).click();
      await page.getByRole("radio", { name: "Particular records" }).click();
      await page.getByRole("radio", { name: /^profiles/ }).click();
      await page.getByRole("button", { name: "Show me what would change" })
        .click();

      await heading(page, "What would change").waitFor();
      await page.locator(".bc-change-name").getByText(name).waitFor();
      await page.getByRole("checkbox", { name: new RegExp(id.slice(0, 8)) })
        .click();
      await page.getByRole("button", {
        name: "Only this one, with what belongs to it",
      }).click();

      await page.getByText("belongs to what you chose").waitFor();
      await page.locator(".bc-total").filter({
        hasText: /^3\s*records come back$/,
      }).waitFor();
      assert.equal(await exists(id), false, "a preview changes nothing");
      await page.getByRole("button", { name: "Restore …" }).click();
      const deed = page.getByRole("dialog").getByRole("button", {
        name: "Restore 3 records",
      });
      assert.ok(await deed.isDisabled(), "not before the phrase is typed");
      await confirm(page);

      await heading(page, "Restored").waitFor();
      await page.getByText("3 records came back.").waitFor();
      assert.equal(await exists(id), true);
      assert.equal(await roles(id), 2);

      const address = page.url();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Undo it" })
        .click();
      await heading(page, "Undone").waitFor();
      assert.equal(await exists(id), false);
      await page.goto(address);
      await page.getByText("It has been undone.").waitFor();
      assert.ok(!address.includes(id) && backupId, "no data in an address");
    });
  },
);

testInBrowser(
  "a restore from the first page to the result with the keyboard alone",
  async (page) => {
    await withDeletedAlumnus(async ({ id }) => {
      await signIn(page);
      await press(page, "link", /^Restore$/, "Enter");
      await press(page, "link", /^Bring something back$/, "Enter");
      await press(page, "link", new RegExp(id), "Enter");
      await page.getByText("How?").waitFor();
      await press(page, "radio", /^Whatever has changed$/, "Space");
      await press(page, "button", /^Show me what would change$/, "Enter");
      await heading(page, "What would change").waitFor();
      await press(page, "button", /^Restore …$/, "Enter");
      await page.getByLabel(/To confirm/).and(page.locator(":focus")).waitFor();
      const phrase = (await page.getByRole("dialog").locator(".bc-phrase").textContent())!;
      await page.keyboard.type(phrase);
      await page.keyboard.press("Enter");
      await heading(page, "Restored").waitFor();
      assert.equal(await exists(id), true);
      await press(page, "button", /^Undo$/, "Enter");
      await press(page, "button", /^Undo it$/, "Enter");
      await heading(page, "Undone").waitFor();
    });
  },
);

/** Goes on with Tab until it is there, as somebody without a mouse does, and presses a key. */
async function press(
  page: Page,
  role: "button" | "link" | "radio",
  name: RegExp,
  key: string,
): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  await wanted.waitFor();
  for (let n = 0; n < 120; n++) {
    if (
      await wanted.evaluate((element) => element.matches(":focus"))
    ) {
      return await page.keyboard.press(key);
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`${name} cannot be reached with Tab`);
}

testInBrowser(
  "what was overwritten is shown before and after; two administrators cannot both apply it",
  async (page) => {
    const [before] =
      await sql`select id, company from public.profiles where company is not null and company <> '' order by id limit 1`;
    const backup = await makeBackup("Before an import");
    const wrong = `Wrong ${crypto.randomUUID()}`;
    await sql`update public.profiles set company = ${wrong} where id = ${before.id}`;
    try {
      await signIn(page);
      await goTo(page, `restore/new/${backup.id}`);
      await page.getByRole("radio", { name: "Bring back and repair" }).click();
      await page.getByRole("button", { name: "Show me what would change" })
        .click();
      await page.getByText(wrong).waitFor();
      await page.locator(".bc-after").getByText(before.company).first()
        .waitFor();

      const other = await page.context().newPage();
      await other.setViewportSize(desktop.viewport!);
      await other.goto(page.url());
      await other.getByRole("button", { name: "Restore …" }).click();
      await page.getByRole("button", { name: "Restore …" }).click();
      await confirm(page);
      await heading(page, "Restored").waitFor();
      await confirm(other).catch(() => {});
      await heading(other, "Restored").waitFor();
      const [{ company }] = await sql`select company from public.profiles where id = ${before.id}`;
      assert.equal(company, before.company);
    } finally {
      await sql`update public.profiles set company = ${before.company} where id = ${before.id} and company = ${wrong}`;
      await removeBackup(backup.id);
    }
  },
);
