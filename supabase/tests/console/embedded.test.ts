import assert from "node:assert/strict";
import { inHost } from "./_support/host.ts";
import { styleOf } from "./_support/style.ts";

for (const react of [18, 19] as const) {
  Deno.test({
    name: `console: in a host on React ${react} no style leaks in or out, dialogs included`,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () =>
      inHost(async (page) => {
        const ours = await styleOf(
          page.locator(".bc-root h1"),
          "fontSize",
          "textTransform",
          "letterSpacing",
          "margin",
          "fontFamily",
        );
        assert.equal(ours.fontSize, "27.2px", "sizes do not follow the host's rem");
        assert.equal(ours.textTransform, "none");
        assert.equal(ours.margin, "0px");
        assert.match(ours.fontFamily, /Inter/);

        await page.getByRole("button", { name: "Back up now" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("Note").fill("typed into the host's page");
        const button = await styleOf(
          dialog.getByRole("button", { name: "Back up now" }),
          "backgroundColor",
          "borderTopStyle",
          "letterSpacing",
          "fontSize",
        );
        assert.equal(button.backgroundColor, "rgb(31, 107, 85)");
        assert.notEqual(button.borderTopStyle, "dashed");
        assert.equal(button.letterSpacing, "normal");
        assert.equal(button.fontSize, "14px");
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "detached" });

        const host = await styleOf(page.locator(".host-page > button"), "backgroundColor", "borderTopStyle");
        assert.deepEqual(host, { backgroundColor: "rgb(255, 105, 180)", borderTopStyle: "dashed" });
        assert.equal(await page.locator("head style").count(), 0, "nothing of ours in the head");
        const { backgroundColor } = await styleOf(page.locator("body"), "backgroundColor");
        assert.equal(backgroundColor, "rgb(255, 251, 230)");
      }, react),
  });
}

Deno.test({
  name: "console: in a host, places have addresses, and records lead into the host's own pages",
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    inHost(async (page) => {
      await page.getByRole("link", { name: "Validation" }).click();
      await page.getByRole("heading", { level: 1, name: "Validation" })
        .waitFor();
      assert.ok(page.url().endsWith("#/validation"));
      await page.getByRole("button", { name: "Check now" }).click();
      await page.getByText("Checked now").waitFor();
      await page.getByRole("button", { name: /^profiles/ }).click();
      const link = page.getByRole("link", { name: "Open" }).first();
      assert.match(
        (await link.getAttribute("href"))!,
        /^\/people\/[0-9a-f-]{36}$/,
      );
      await page.goBack();
      await page.getByRole("heading", { level: 1, name: "Backups" }).waitFor();
    }),
});
