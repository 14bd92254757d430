import { heading, signIn, withPage } from "../../supabase/tests/console/_support/browser.ts";
import { sql } from "../../supabase/tests/functions/_support/stack.ts";
import { take } from "./camera.ts";

const person = "00000000-0000-4000-8000-000000000025";
const surname = "Dąbrowska";

/** Somebody deletes an alumna, with all that hangs on her. She comes back. */
export const accidentUndone = () =>
  withPage(async (page) => {
    await sql`delete from public.profiles where id = ${person}`;
    await signIn(page, undefined, "restore");
    await page.getByText("Nothing has had to be restored").waitFor();
    await take(page, "restore", { height: 470 });
    await page.getByRole("link", { name: "Bring something back" }).click();
    const newest = page.locator(".bc-choice").first();
    await newest.waitFor();
    await take(page, "choose-backup", { height: 640 });
    await newest.click();
    await page.getByRole("radio", { name: "Particular records" }).click();
    await page.getByRole("radio", { name: /^profiles/ }).click();
    const show = page.getByRole("button", {
      name: "Show me what would change",
    });
    await take(page, "choose-records", { to: show });
    await show.click();

    await heading(page, "What would change").waitFor();
    await page.getByRole("checkbox", { name: new RegExp(surname) }).click();
    await take(page, "find-record", { height: 560 });
    await page.getByRole("button", {
      name: "Only this one, with what belongs to it",
    }).click();
    await page.getByText("belongs to what you chose").first().waitFor();
    // What she had published and what it gets back is more telling than her roles.
    for (const table of [/^user_roles/, /^events/]) await page.getByRole("button", { name: table }).click();
    await take(page, "preview", { height: 1000 });

    await page.getByRole("button", { name: "Restore …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(/To confirm/).fill(
      (await dialog.locator(".bc-phrase").textContent())!,
    );
    await take(page, "confirm", { to: dialog });
    await dialog.getByRole("button", { name: /^Restore \d/ }).click();
    await heading(page, "Restored").waitFor();
    await take(page, "restored", { height: 640 });
    await page.getByRole("button", { name: "Undo" }).click();
    await take(page, "undo", { to: dialog });
    await page.keyboard.press("Escape");
  });
