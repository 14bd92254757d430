import type { Page } from "playwright-core";

/** From now on the server does not know the session any more; nothing on the page has noticed yet. */
export async function endSession(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage).filter((name) => name.includes("auth-token"))) {
      const session = JSON.parse(localStorage.getItem(key)!);
      localStorage.setItem(key, JSON.stringify({ ...session, access_token: `${session.access_token}x` }));
    }
  });
}
