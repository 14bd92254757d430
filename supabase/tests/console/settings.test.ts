import assert from "node:assert/strict";
import { call, json, secret } from "../functions/_support/api.ts";
import { sql } from "../functions/_support/stack.ts";
import { goTo, signIn, testInBrowser } from "./_support/browser.ts";

testInBrowser(
  "how often is one choice; what it keeps, and in spite of what, is kept and shown",
  async (page) => {
    const before = await json(call("GET", "/backups/schedules", { as: secret }));
    const schedules = () => json(call("GET", "/backups/schedules", { as: secret }));
    try {
      const off = { is_enabled: false, time: "01:15", time_zone: "Asia/Tokyo", tables: null };
      await json(
        call("PUT", "/backups/schedules", { as: secret, body: { daily: off, weekly: off } }),
      );
      await signIn(page, undefined, "schedule");
      const panel = page.getByRole("region", { name: "Backups by themselves" });
      const often = (name: string) => panel.getByRole("radio", { name, exact: true });
      await often("Only by hand").and(panel.locator("[aria-checked=true]")).waitFor();

      await often("Every week").press("Space");
      await panel.getByLabel("Day", { exact: true }).selectOption("Wednesday");
      await panel.getByLabel("Time", { exact: true }).fill("04:30");
      await panel.getByRole("button", { name: "Use mine, Europe/Berlin" }).click();
      await panel.getByLabel("Only chosen tables").check();
      await panel.getByLabel("events").check();
      await panel.getByLabel("Back up even if the checks find errors").check();
      const save = panel.getByRole("button", { name: "Save" });
      assert.ok(await save.isDisabled(), "not without a reason");
      await panel.getByLabel("Why?").fill("Old years are being repaired");
      await save.click();
      await page.getByText("The schedule is saved.").waitFor();
      await panel.getByText("Next one").waitFor();
      const { daily, weekly } = await schedules();
      assert.deepEqual(
        [
          weekly.is_enabled,
          weekly.weekday,
          weekly.time,
          weekly.time_zone,
          weekly.tables,
          weekly.override_reason,
        ],
        [true, 3, "04:30", "Europe/Berlin", ["public.events"], "Old years are being repaired"],
      );
      assert.deepEqual([daily.is_enabled, daily.time_zone, daily.name], [
        false,
        "Asia/Tokyo",
        before.daily.name,
      ]);

      // Both can run; and what the API says while somebody types into the form is not written over.
      await often("Both").press("Space");
      const everyDay = panel.getByRole("group", { name: "Every day" });
      await everyDay.getByLabel("Time", { exact: true }).fill("02:00");
      await json(call("PUT", "/backups/schedules", { as: secret, body: { weekly: { time: "05:45" } } }));
      await save.click();
      await panel.getByText("Next daily one").waitFor();
      const both = await schedules();
      assert.deepEqual([both.daily.time, both.daily.is_enabled], ["02:00", true]);
      assert.deepEqual([both.weekly.time, both.weekly.is_enabled], ["05:45", true]);

      await often("Only by hand").press("Space");
      await save.click();
      await panel.getByText("Next daily one").waitFor({ state: "detached" });
      assert.equal((await schedules()).weekly.is_enabled, false);
    } finally {
      await json(call("PUT", "/backups/schedules", { as: secret, body: before }));
    }
  },
);

testInBrowser("a schedule that cannot be is refused in words, and nothing typed is lost", async (page) => {
  const table = `gone_${crypto.randomUUID().slice(0, 8)}`;
  await sql`create table public.${sql(table)} (id integer primary key)`;
  try {
    await signIn(page, undefined, "schedule");
    const panel = page.getByRole("region", { name: "Backups by themselves" });
    await panel.getByRole("radio", { name: "Every day" }).press("Space");
    await panel.getByLabel("Only chosen tables").check();
    await panel.getByLabel(table).check();
    await sql`drop table public.${sql(table)}`;
    await panel.getByRole("button", { name: "Save" }).click();
    await panel.getByText("It was not saved").waitFor();
    await panel.getByRole("alert").getByText(table).waitFor();
    assert.ok(await panel.getByLabel(table).isChecked());
    await panel.getByRole("button", { name: "Discard" }).click();
    await panel.getByText("It was not saved").waitFor({ state: "detached" });
  } finally {
    await sql`drop table if exists public.${sql(table)}`;
  }
});

testInBrowser(
  "what the clean-up would remove is shown before it is saved",
  async (page) => {
    await signIn(page, undefined, "schedule");
    const panel = page.getByRole("region", { name: "Keeping and cleaning up" });
    await panel.getByText("With the rules as they are").waitFor();
    await panel.getByLabel("The newest").fill("1");
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
    await page.getByRole("cell", { name: "Sent a test notification" }).first().waitFor();
  },
);
