import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { stack } from "../functions/_support/stack.ts";
import { consoleUrl, goTo, heading, signIn, testInBrowser } from "./_support/browser.ts";

testInBrowser(
  "without a connection it says so, keeps what it has, and goes on by itself",
  async (page) => {
    await signIn(page);
    await page.getByRole("table").first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Back up now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Back up now" })
      .click();
    await page.getByRole("dialog").getByText("The server does not answer.")
      .waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("table").first().waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Back up now" }).waitFor();
  },
);

testInBrowser(
  "the first load is light, nothing comes from elsewhere, and no script is inline",
  async (page) => {
    const weights = new Map<string, Promise<number>>();
    const elsewhere: string[] = [];
    page.on("response", (response) => {
      if (!response.url().startsWith(stack.apiUrl)) {
        elsewhere.push(response.url());
      }
      const { pathname } = new URL(response.url());
      if (!response.url().startsWith(consoleUrl) || weights.has(pathname)) return;
      weights.set(pathname, response.body().then((body) => gzipSync(body).length));
    });
    const answer = await page.goto(consoleUrl);
    await page.getByLabel("E-mail").waitFor();
    const policy = answer!.headers()["content-security-policy"];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self';/);
    assert.doesNotMatch(policy, /unsafe/);
    await page.getByLabel("E-mail").fill(stack.adminEmail);
    await page.getByLabel("Password", { exact: true }).fill(stack.password);
    await page.keyboard.press("Enter");
    await page.getByRole("table").first().waitFor();
    assert.deepEqual(elsewhere, []);
    const weight = (await Promise.all(weights.values())).reduce((sum, one) => sum + one, 0);
    assert.ok(weight < 250_000, `${weight} bytes`);
  },
);

testInBrowser("a double click asks once", async (page) => {
  await signIn(page);
  await heading(page, "Backups").waitFor();
  let asked = 0;
  page.on("request", (request) => {
    if (
      request.method() === "POST" &&
      request.url().endsWith("/backups/notifications/test")
    ) asked++;
  });
  await goTo(page, "schedule");
  await page.getByRole("button", { name: "Send a test" }).dblclick();
  await page.getByText("A test notification is on its way.").first().waitFor();
  assert.equal(asked, 1);
});
