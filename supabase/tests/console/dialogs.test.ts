import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { heading, signIn, testInBrowser, withPage } from "./_support/browser.ts";
import { inHost } from "./_support/host.ts";
import { makeBackup, removeBackup } from "./_support/waiting.ts";

const places: Record<string, (work: (page: Page) => Promise<void>) => Promise<void>> = {
  "in the application": (work) =>
    withPage(async (page) => {
      await signIn(page);
      await heading(page, "Backups").waitFor();
      await work(page);
    }),
  "in a host, behind a shadow root": inHost,
};

for (const [place, open] of Object.entries(places)) {
  Deno.test({
    name: `console: dialogs by keyboard ${place}: they keep the focus, and give it back`,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () =>
      withBackup((notes) =>
        open(async (page) => {
          const opener = page.getByRole("button", { name: "Back up now" });
          const dialog = page.getByRole("dialog");
          await opener.focus();
          await page.keyboard.press("Enter");
          await focused(page, dialog.getByLabel("Note"));
          assert.equal(await page.locator("body > [data-portal], body > .mantine-Modal-root").count(), 0);
          // Round and round: the focus never gets behind the dialog.
          for (const key of ["Tab", "Tab", "Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab"]) {
            await page.keyboard.press(key);
            assert.equal(await dialog.locator(":focus").count(), 1, key);
          }
          await page.keyboard.press("Escape");
          await dialog.waitFor({ state: "detached" });
          await focused(page, opener);

          // From a menu, which is gone by then: to what opened the menu.
          const actions = page.getByRole("row").filter({ hasText: notes }).getByRole("button", {
            name: /^Actions/,
          });
          await actions.focus();
          await page.keyboard.press("Enter");
          await page.getByRole("menuitem", { name: "Delete" }).focus();
          await page.keyboard.press("Enter");
          await dialog.getByText("Delete this backup?").waitFor();
          await page.keyboard.press("Escape");
          await dialog.waitFor({ state: "detached" });
          await focused(page, actions);
        })
      ),
  });
}

testInBrowser("what opened a dialog is gone: the focus is on the page's heading", async (page) => {
  const backup = await makeBackup("Soon deleted");
  await signIn(page, undefined, `backups/${backup.id}`);
  await page.getByRole("button", { name: "Delete" }).press("Enter");
  await page.getByRole("button", { name: "Delete it" }).press("Enter");
  await focused(page, heading(page, "Backups"));
});

async function withBackup(work: (notes: string) => Promise<void>): Promise<void> {
  const { id, notes } = await makeBackup(`For its menu ${crypto.randomUUID()}`);
  try {
    await work(notes);
  } finally {
    await removeBackup(id);
  }
}

/** Waits until this, and nothing else, has the focus. */
async function focused(page: Page, element: ReturnType<Page["getByRole"]>): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!(await element.evaluate((node) => node === node.getRootNode().activeElement))) {
    assert.ok(Date.now() < deadline, `${element} has the focus`);
    await page.waitForTimeout(50);
  }
}
