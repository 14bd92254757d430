import { consoleUrl, heading, signIn, withPage } from "../../supabase/tests/console/_support/browser.ts";
import type { FaultyStorage } from "../chaos/faulty_storage.ts";
import { take } from "./camera.ts";

const notes = "Before the import of the class of 2026";

/** Somebody opens the console for the first time, and makes a backup. */
export const firstBackup = (storage: FaultyStorage) =>
  withPage(async (page) => {
    await page.goto(consoleUrl);
    await page.getByLabel("E-mail").waitFor();
    await take(page, "sign-in", { of: page.locator(".bc-sign-in") });
    await signIn(page);
    await page.getByText("No backups yet").waitFor();
    await take(page, "nothing-yet");

    await page.getByRole("button", { name: "Back up now" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Note").fill(notes);
    await dialog.getByRole("button", { name: "More options" }).click();
    await dialog.getByText("A backup of some tables").waitFor();
    await take(page, "back-up-now", { to: dialog });

    // In the midst of it the storage lets some parts wait for seconds.
    storage.misbehave("hangs", 2);
    await dialog.getByRole("button", { name: "Back up now" }).click();
    await page.getByText(/^[1-4] of 5 tables$/).waitFor();
    await take(page, "being-made", { height: 420 });
    storage.behave();
    const row = page.getByRole("row").filter({ hasText: notes });
    await row.getByText("Completed").filter({ visible: true }).waitFor();
    await page.getByText("Your data was backed up").waitFor();
    await take(page, "made", {
      to: page.getByRole("region", { name: "History" }),
    });

    await row.getByRole("link").first().click();
    await heading(page, /Backup of/).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    await (await download).path();
    await take(page, "backup", {
      to: page.getByRole("region", { name: "What is in it" }),
    });
  });
