import assert from "node:assert/strict";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { stack, variable } from "../../functions/_support/stack.ts";

export const consoleUrl = `${stack.apiUrl}/admin/`;

export const desktop: BrowserContextOptions = {
  viewport: { width: 1280, height: 860 },
};
export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

let browser: Promise<Browser> | undefined;

function launch(): Promise<Browser> {
  return browser ??= chromium.launch({
    executablePath: executable(variable("BROWSER")),
    args: [
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
      ],
      [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    ].flat(),
  });
}

function executable(name: string): string {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  const found = folders.map((folder) => `${folder}/${name}`).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
  assert.ok(found, `${name} is on the path`);
  return found;
}

/** A test in a browser window of its own. Whatever the page complains about fails it. */
export function testInBrowser(
  name: string,
  work: (page: Page) => Promise<void>,
  options: BrowserContextOptions = desktop,
): void {
  Deno.test({
    name: `console: ${name}`,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => withPage(work, options),
  });
}

export async function withPage(
  work: (page: Page) => Promise<void>,
  options = desktop,
): Promise<void> {
  const context = await (await launch()).newContext({
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A refused or failed request is what some tests are about; the page says it in words.
    if (
      message.type() === "error" &&
      !/^Failed to load resource/.test(message.text())
    ) {
      complaints.push(message.text());
    }
  });
  try {
    await work(page);
    assert.deepEqual(complaints, [], "the page has nothing to complain about");
  } catch (error) {
    await keepPicture(page);
    throw error;
  } finally {
    await context.close();
  }
}

/** What the page looked like when a test failed, for whoever runs the tests on their own machine. */
async function keepPicture(page: Page): Promise<void> {
  const folder = Deno.env.get("SCREENSHOTS");
  if (folder) {
    await page.screenshot({
      path: `${folder}/failed-${Date.now()}.png`,
      fullPage: true,
    }).catch(() => {});
  }
}

// The process of a browser outlives a test; it must not outlive the tests.
globalThis.addEventListener(
  "unload",
  () => void browser?.then((one) => one.close()),
);

export async function signIn(
  page: Page,
  email = stack.adminEmail,
  place = "",
): Promise<void> {
  await page.goto(`${consoleUrl}${place && `#/${place}`}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(stack.password);
  const button = page.getByRole("button", { name: "Sign in", exact: true });
  await button.click();
  await button.waitFor({ state: "detached" });
}

export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => void (location.hash = hash), `#/${place}`);
}

export const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
