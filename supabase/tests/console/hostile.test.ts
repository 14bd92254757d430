import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { call, json, secret } from "../functions/_support/api.ts";
import { sql } from "../functions/_support/stack.ts";
import { desktop, goTo, heading, phone, signIn, testInBrowser } from "./_support/browser.ts";
import { preview } from "./_support/restoring.ts";
import { makeBackup, removeBackup } from "./_support/waiting.ts";

// Whatever stands in the data is text: markup, an override of the direction that nobody closes, lines, emoji, and
// words that no column is wide enough for.
const markup = `<img src=x onerror="document.title='run'">`;
const name = `${markup} \u202Egnp.exe 👩‍👩‍👧‍👦\nsecond line ${"Wolfeschlegelsteinhausen".repeat(6)}`;
const table = `<b onclick=x>table</b> ${"long ".repeat(6)}🙂`;
const quoted = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;
const [there, column] = [`public.${quoted(table)}`, quoted(markup)];
const address = `=HYPERLINK("https://evil.test")`;

testInBrowser("hostile data is shown as text, in no address, and no page gets wider by it", async (page) => {
  const id = crypto.randomUUID();
  const title = `${markup} ${id}`;
  await sql`insert into public.profiles (id, first_name, last_name, email) values (${id}, ${name}, 'X', ${`${id}@alumni.test`})`;
  await sql`insert into public.user_roles (profile_id, role_id) select ${id}, id from public.roles where name = 'alumni'`;
  await sql.unsafe(`create table ${there} (id integer primary key, ${column} text)`);
  await sql.unsafe(`insert into ${there} values (1, $1)`, [name]);
  const backup = await makeBackup(name);
  await sql`update public.profiles set email = ${address} where id = ${id}`;
  await sql.unsafe(`update ${there} set ${column} = 'x'`);
  await json(
    call("POST", "/validate/rules", {
      as: secret,
      body: { table_name: `public.${table}`, columns: [markup], kind: "required", title, message: markup },
    }),
    201,
  );
  const urls: string[] = [];
  page.on("request", (request) => urls.push(decodeURIComponent(request.url())));
  try {
    await signIn(page);
    await page.getByRole("row").filter({ hasText: markup }).first().waitFor();
    await harmless(page);
    await goTo(page, `backups/${backup.id}`);
    await page.getByRole("cell", { name: table }).waitFor();
    await harmless(page);
    await goTo(page, "validation");
    await page.getByRole("row").filter({ hasText: id }).waitFor();
    await page.getByRole("button", { name: "Check now" }).click();
    await page.getByText("Checked now").waitFor();
    await page.getByText(name.slice(0, 40)).first().waitFor();
    await harmless(page);
    assertInert(await exported(page), id);
    await goTo(page, "restore/new");
    await page.getByRole("link").filter({ hasText: markup }).first().waitFor();
    await harmless(page);
    await preview(page, backup.id, "Make it exactly as it was");
    await page.locator(".bc-after").getByText("gnp.exe").waitFor();
    await harmless(page);
    await page.getByRole("button", { name: "Restore …" }).click();
    await page.getByRole("dialog").getByText(table).waitFor();
    await harmless(page);
    await page.keyboard.press("Escape");
    await goTo(page, "activity");
    await page.getByRole("tab", { name: "Who did what" }).click();
    await page.getByRole("table").waitFor();
    await harmless(page);
    assert.ok(await heading(page, "Activity").isVisible());
    for (const secretPart of [id, "evil.test", "gnp.exe", "eyJ", "Bearer", "password="]) {
      const telling = urls.filter((url) => url.includes(secretPart));
      assert.deepEqual(telling, [], `${secretPart} is in no address`);
    }
  } finally {
    await sql`delete from backup.rules where title = ${title}`;
    await sql.unsafe(`drop table ${there}`);
    await sql`delete from public.profiles where id = ${id}`;
    await removeBackup(backup.id);
  }
});

/** Nothing of it has become an element or has run, and nothing makes the page wider than the window. */
async function harmless(page: Page): Promise<void> {
  assert.equal(await page.locator("img, b[onclick]").count(), 0);
  assert.notEqual(await page.title(), "run");
  for (const { viewport } of [phone, desktop]) {
    await page.setViewportSize(viewport!);
    const width = await page.evaluate(() =>
      (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } })
        .document.documentElement.scrollWidth
    );
    assert.ok(width <= viewport!.width, `${width} pixels in a window of ${viewport!.width}`);
  }
}

async function exported(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Export" }).click();
  const arriving = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV, for a spreadsheet" }).click();
  return await Deno.readTextFile(await (await arriving).path());
}

/** A spreadsheet runs what begins like this, also behind a quote that opens a cell. */
function assertInert(csv: string, id: string): void {
  assert.ok(csv.includes(id) && csv.includes("HYPERLINK"));
  const cells = csv.match(/(?<=^|,|\n)("(?:[^"]|"")*"|[^",\r\n]*)/g)!;
  const running = cells.filter((cell) => /^"?[=+\-@\t\r]/.test(cell));
  assert.deepEqual(running, []);
}
