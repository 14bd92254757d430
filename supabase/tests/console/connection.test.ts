import { goTo, heading, signIn, testInBrowser } from "./_support/browser.ts";

testInBrowser(
  "a lost connection is said on every screen, and everything goes on when it is back",
  async (page) => {
    await signIn(page);
    await page.getByRole("table").first().waitFor();
    // The other screens come a moment after the first one.
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(2500);
    const lost = page.getByText("No connection to the server.");
    await page.context().setOffline(true);
    await page.getByLabel("Find in notes and names").fill("anything");
    await lost.waitFor();
    await page.getByRole("table").first().waitFor();
    await goTo(page, "schedule");
    await heading(page, "Schedule and settings").waitFor();
    await lost.waitFor();
    await page.getByText("The server does not answer").first().waitFor();

    await page.context().setOffline(false);
    await lost.waitFor({ state: "detached" });
    await page.getByRole("radio", { name: "Only by hand" }).waitFor();
  },
);
