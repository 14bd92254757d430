import type { Page } from "playwright-core";
import { goTo, signIn, withPage } from "../../supabase/tests/console/_support/browser.ts";
import { sql } from "../../supabase/tests/functions/_support/stack.ts";
import { take } from "./camera.ts";

/** Schedule, keep rules and notifications; and what it looks like when something needs attention. */
export const byItself = () =>
  withPage(async (page) => {
    await signIn(page, undefined, "schedule");
    const schedule = page.getByRole("region", {
      name: "Backups by themselves",
    });
    await schedule.getByRole("radio", { name: "Every day", exact: true }).press(
      "Space",
    );
    await schedule.getByRole("button", { name: "Use mine, Europe/Berlin" })
      .click();
    await schedule.getByLabel("Time", { exact: true }).fill("03:30");
    await schedule.getByRole("button", { name: "Save" }).click();
    await page.getByText("The schedule is saved.").waitFor();
    await take(page, "schedule", { to: schedule });
    await putAway(page);
    const keeping = page.getByRole("region", {
      name: "Keeping and cleaning up",
    });
    await keeping.getByLabel("One of each day, for").fill("5");
    await keeping.getByText("With these rules").waitFor();
    await keeping.scrollIntoViewIfNeeded();
    await take(page, "keeping", { of: keeping });
    await keeping.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("button", { name: "Send a test" }).click();
    const notifications = page.getByRole("region", { name: "Notifications" });
    await notifications.getByText("Delivered").waitFor();
    await take(page, "notifications", { of: notifications });

    await putAway(page);
    await needsAttention();
    await goTo(page, "backups");
    await page.getByText("needs attention").waitFor();
    await take(page, "attention");
    await goTo(page, "activity");
    await take(page, "news", { height: 640 });
    await page.getByRole("tab", { name: "Who did what" }).click();
    await page.getByRole("cell").first().waitFor();
    await take(page, "who-did-what", { height: 640 });
  });

/** The word that something is done would cover what is below it. */
const putAway = (page: Page) => page.getByRole("alert").getByRole("button").click();

/** The schedule's own backup is stopped by an error in the data. */
async function needsAttention(): Promise<void> {
  const id = "00000000-0000-4000-8000-000000000043";
  await sql`update public.profiles set email = 'inigo at example.org' where id = ${id}`;
  await sql`update backup.schedules set next_run_at = now() where frequency = 'daily'`;
  await sql`select backup.sweep()`;
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const [daily] = await sql`select last_status from backup.schedules where frequency = 'daily'`;
    if (daily.last_status === "blocked") return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("The scheduled backup was not stopped within a minute.");
}
