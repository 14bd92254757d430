import assert from "node:assert/strict";
import { sql } from "../functions/_support/stack.ts";
import { heading, signIn, testInBrowser } from "./_support/browser.ts";

testInBrowser(
  "broken data is found, with the record and what to do about it, and exported",
  async (page) => {
    const id = crypto.randomUUID();
    await sql`insert into public.profiles (id, first_name, last_name, email) values (${id}, '<b>Bold</b>', 'Person', '=cmd|calc')`;
    try {
      await signIn(page, undefined, "validation");
      await heading(page, "Validation").waitFor();
      await page.getByRole("button", { name: "Check now" }).click();
      await page.getByText("Checked now").waitFor();
      const finding = page.getByRole("listitem").filter({
        hasText: "=cmd|calc is not an e-mail address.",
      })
        .last();
      await finding.waitFor();
      await finding.getByText("<b>Bold</b> Person").waitFor();
      await finding.getByRole("button", { name: `Copy …${id.slice(-12)}` }).waitFor();

      await page.getByRole("radiogroup", { name: "Severity" }).getByText(
        "Warnings",
      ).click();
      await finding.waitFor({ state: "detached" });

      for (
        const [choice, ending] of [["JSON, for a program", "json"], [
          "CSV, for a spreadsheet",
          "csv",
        ]]
      ) {
        await page.getByRole("button", { name: "Export" }).click();
        const arriving = page.waitForEvent("download");
        await page.getByRole("menuitem", { name: choice }).click();
        const download = await arriving;
        assert.ok(download.suggestedFilename().endsWith(`.${ending}`));
        assert.ok(
          (await Deno.readTextFile(await download.path())).includes(id),
        );
      }
    } finally {
      await sql`delete from public.profiles where id = ${id}`;
    }
  },
);

testInBrowser("a rule is added by a form, made an error, switched off and removed", async (page) => {
  const title = `Phones are international ${crypto.randomUUID()}`;
  try {
    await signIn(page, undefined, "validation");
    await page.getByRole("button", { name: "Add a rule" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Table").selectOption("profiles");
    await dialog.getByRole("checkbox", { name: "phone" }).press("Space");
    await dialog.getByLabel("What must be true").selectOption({
      label: "must look like (a regular expression)",
    });
    await dialog.getByLabel("Pattern").fill("(");
    await dialog.getByLabel("In a few words").fill(title);
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await dialog.getByRole("alert").getByText("not a regular expression").waitFor();
    await dialog.getByLabel("Pattern").fill("^[+]");
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await dialog.waitFor({ state: "detached" });

    const row = page.getByRole("row").filter({ hasText: title });
    await row.getByRole("combobox").selectOption("Error");
    await row.getByRole("switch", { disabled: false }).press("Space");
    await row.getByRole("switch", { checked: false }).waitFor();
    const [rule] = await sql`select severity, is_enabled from backup.rules where title = ${title}`;
    assert.deepEqual({ ...rule }, { severity: "error", is_enabled: false });
    await row.getByRole("button", { name: /^Remove/ }).click();
    await row.waitFor({ state: "detached" });
  } finally {
    await sql`delete from backup.rules where title = ${title}`;
  }
});
