import assert from "node:assert/strict";
import { call, json, secret } from "../functions/_support/api.ts";
import { goTo, heading, signIn, testInBrowser } from "./_support/browser.ts";

testInBrowser(
  "a schedule is switched on, kept, and said on the dashboard",
  async (page) => {
    const before = await json(
      call("GET", "/backups/schedules", { as: secret }),
    );
    try {
      await signIn(page, undefined, "schedule");
      await heading(page, "Schedule and settings").waitFor();
      const daily = page.getByRole("region", { name: "Every day" });
      await daily.getByRole("switch", { name: "Daily backups" }).press("Space");
      await daily.getByLabel("Time", { exact: true }).fill("04:30");
      await daily.getByLabel("Time zone").fill("Europe/Berlin");
      await daily.getByRole("button", { name: "Save" }).click();
      await page.getByText("The schedule is saved.").waitFor();
      const { daily: saved } = await json(
        call("GET", "/backups/schedules", { as: secret }),
      );
      assert.deepEqual([saved.time, saved.time_zone, saved.is_enabled], [
        "04:30",
        "Europe/Berlin",
        !before.daily.is_enabled,
      ]);

      await daily.getByLabel("Time zone").fill("Middle/Earth");
      await daily.getByRole("button", { name: "Save" }).click();
      await daily.getByText("It was not saved").waitFor();
      await daily.getByRole("button", { name: "Discard" }).click();
      await goTo(page, "backups");
      await page.getByText("Next backup by itself").waitFor();
    } finally {
      const { is_enabled, time, time_zone } = before.daily;
      await json(
        call("PUT", "/backups/schedules", {
          as: secret,
          body: { daily: { is_enabled, time, time_zone } },
        }),
      );
    }
  },
);

testInBrowser(
  "what the clean-up would remove is shown before it is saved",
  async (page) => {
    await signIn(page, undefined, "schedule");
    const panel = page.getByRole("region", { name: "Keeping and cleaning up" });
    await panel.getByText("With the rules as they are").waitFor();
    await panel.getByLabel("Keep the last").fill("1");
    await panel.getByText("With these rules").waitFor();
    await panel.getByRole("button", { name: "Discard" }).click();
    await panel.getByText("With the rules as they are").waitFor();
  },
);

testInBrowser(
  "a test notification arrives and is read; the audit log says who sent it",
  async (page) => {
    await signIn(page, undefined, "schedule");
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText("A test notification is on its way.").waitFor();
    await goTo(page, "activity");
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await page.getByRole("button", { name: "Mark all as read" }).waitFor({
      state: "detached",
    });
    await page.getByRole("tab", { name: "Who did what" }).click();
    await page.getByRole("cell", { name: "Notify test" }).first().waitFor();
  },
);
