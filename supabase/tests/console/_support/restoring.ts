import type { Page } from "playwright-core";
import { goTo, heading } from "./browser.ts";

/** Asks for a preview of everything, in the mode of this name, and waits for it. */
export async function preview(page: Page, backupId: string, mode: string): Promise<void> {
  await goTo(page, `restore/new/${backupId}`);
  await page.getByRole("radio", { name: mode }).click();
  await page.getByRole("button", { name: "Show me what would change" }).click();
  await heading(page, "What would change").waitFor();
}

/** Types what the dialog asks for, and agrees. */
export async function confirm(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/To confirm/).fill((await dialog.locator(".bc-phrase").textContent())!);
  await dialog.getByRole("button", { name: /^Restore \d/ }).click();
}
