import type { Page } from "playwright-core";
import { goTo, heading, signIn, withPage } from "../../supabase/tests/console/_support/browser.ts";
import { sql } from "../../supabase/tests/functions/_support/stack.ts";
import { take } from "./camera.ts";

const person = "00000000-0000-4000-8000-000000000043";

/** Something is wrong with a record: it is found, and mended. */
export const dataSound = () =>
  withPage(async (page) => {
    const [{ email }] = await sql`select email from public.profiles where id = ${person}`;
    await sql`update public.profiles set email = 'inigo at example.org' where id = ${person}`;
    await signIn(page, undefined, "validation");
    await heading(page, "Validation").waitFor();
    const check = page.getByRole("button", { name: "Check now" });
    await check.click();
    await page.getByText("Checked now").waitFor();
    await page.getByText("is not an e-mail address.").first().waitFor();
    await take(page, "findings");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem").first().waitFor();
    await take(page, "export", { height: 420 });
    await page.keyboard.press("Escape");

    await blocked(page);
    await sql`update public.profiles set email = ${email} where id = ${person}`;
    await goTo(page, "validation");
    await check.click();
    await page.getByText("1 fixed").waitFor();
    await take(page, "mended", {
      to: page.getByRole("region", { name: "Tables" }),
    });
  });

/** What a backup says that errors have stopped. */
async function blocked(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Backups" }).click();
  await page.getByRole("button", { name: "Back up now" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Back up now" }).click();
  const row = page.getByRole("row").filter({ hasText: "Stopped by errors" })
    .first();
  await row.getByRole("link").first().click();
  await page.getByText("so nothing was stored").waitFor();
  await take(page, "stopped");
}
