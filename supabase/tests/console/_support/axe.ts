import assert from "node:assert/strict";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const source = await Deno.readTextFile(
  new URL(import.meta.resolve("axe-core")).pathname,
);

/** What is used of the page; these tests know no DOM. */
interface Window {
  axe: { run: (options: object) => Promise<AxeResults> };
  document: { getAnimations: () => Motion[] };
  requestAnimationFrame: (next: (value: unknown) => void) => void;
}

interface Motion {
  effect: { getComputedTiming: () => { endTime: number } };
  finished: Promise<unknown>;
}

/** What axe finds on the page as it is now, WCAG 2.2 AA and its best practices, in light and in dark: nothing. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  // It stays while the page does: places are behind the hash.
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(source);
  const scheme = await schemeOf(page);
  const other = scheme === "dark" ? "light" : "dark";
  assert.deepEqual(await violations(page), [], `${what}, ${scheme}`);
  // Nothing but the colours is another.
  await show(page, other);
  assert.deepEqual(await violations(page, "color-contrast"), [], `${what}, ${other}`);
  await show(page, scheme);
}

const attribute = "data-mantine-color-scheme";

async function schemeOf(page: Page): Promise<"light" | "dark"> {
  return await page.locator(".bc-root").getAttribute(attribute) === "dark" ? "dark" : "light";
}

async function show(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`.bc-root[${attribute}=${colorScheme}]`).waitFor();
}

async function violations(page: Page, rule?: string) {
  const found = await page.evaluate(async (runOnly) => {
    const { document, axe, requestAnimationFrame } = globalThis as unknown as Window;
    // Colours are judged as they are when nothing moves any more; what never ends is not waited for.
    await new Promise(requestAnimationFrame);
    const moving = document.getAnimations().filter(({ effect }) =>
      Number.isFinite(effect.getComputedTiming().endTime)
    );
    await Promise.allSettled(moving.map(({ finished }) => finished));
    return await axe.run({ resultTypes: ["violations"], ...(runOnly ? { runOnly } : {}) });
  }, rule);
  return found.violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.slice(0, 4).map(({ html, failureSummary }) =>
      `${html.slice(0, 160)} ${failureSummary ?? ""}`
    ),
  }));
}
