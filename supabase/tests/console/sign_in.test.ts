import assert from "node:assert/strict";
import { stack } from "../functions/_support/stack.ts";
import { assertAccessible } from "./_support/axe.ts";
import { consoleUrl, goTo, heading, signIn, testInBrowser } from "./_support/browser.ts";
import { endSession } from "./_support/session.ts";

testInBrowser(
  "a wrong password is said in words, and the right one opens the backups",
  async (page) => {
    await page.goto(consoleUrl);
    await page.getByLabel("E-mail").fill(stack.adminEmail);
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("do not belong together").waitFor();

    await page.getByLabel("Password", { exact: true }).fill(stack.password);
    await page.keyboard.press("Enter");
    await heading(page, "Backups").waitFor();
  },
);

testInBrowser("a member sees a clear page, and no data: not in an answer either", async (page) => {
  const answers: Promise<[string, number, string]>[] = [];
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith("/functions/")) return;
    answers.push(response.json().then(({ code }) => [pathname, response.status(), code]));
  });
  await signIn(page, stack.memberEmail, "validation");
  for (const place of ["schedule", `backups/${crypto.randomUUID()}`, "restore"]) {
    await page.getByText("This page is for administrators").waitFor();
    assert.equal(await page.getByRole("navigation").count(), 0);
    assert.equal(await page.getByRole("table").count(), 0);
    await goTo(page, place);
    await page.reload();
  }
  await page.getByText("This page is for administrators").waitFor();
  await assertAccessible(page, "forbidden");
  const given = (await Promise.all(answers)).filter(([, status, code]) =>
    status !== 403 || code !== "forbidden"
  );
  assert.ok(answers.length > 0);
  assert.deepEqual(given, []);
  await page.getByRole("button", { name: "Sign in as somebody else" }).click();
  await page.getByLabel("E-mail").waitFor();
});

testInBrowser(
  "a deep link is kept while signing in, and the back button goes back",
  async (page) => {
    await signIn(page, stack.adminEmail, "schedule");
    await heading(page, "Schedule and settings").waitFor();
    await goTo(page, "activity");
    await heading(page, "Activity").waitFor();
    await page.goBack();
    await heading(page, "Schedule and settings").waitFor();
    await page.reload();
    await heading(page, "Schedule and settings").waitFor();
  },
);

testInBrowser(
  "when the session ends, one signs in again and goes on where one was",
  async (page) => {
    await signIn(page, stack.adminEmail, "schedule");
    await heading(page, "Schedule and settings").waitFor();
    await endSession(page);
    await goTo(page, "restore");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Your session has ended").waitFor();
    await dialog.getByLabel("Password", { exact: true }).fill(stack.password);
    await dialog.getByRole("button", { name: "Sign in" }).click();
    await dialog.waitFor({ state: "detached" });
    await heading(page, "Restore").waitFor();
    await page.getByText("Restores and previews").waitFor();
  },
);

testInBrowser("signing out forgets who was there", async (page) => {
  await signIn(page);
  await heading(page, "Backups").waitFor();
  await page.getByRole("button", { name: "Account and appearance" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByLabel("E-mail").waitFor();
  await page.reload();
  await page.getByLabel("E-mail").waitFor();
});
