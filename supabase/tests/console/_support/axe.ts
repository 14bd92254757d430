import assert from "node:assert/strict";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const source = await Deno.readTextFile(
  new URL(import.meta.resolve("axe-core")).pathname,
);

/** What axe finds on the page as it is now, WCAG 2.2 AA and its best practices: nothing. */
export async function assertAccessible(
  page: Page,
  what: string,
): Promise<void> {
  // Colours are judged as they are when nothing moves any more.
  await page.waitForTimeout(350);
  await page.evaluate(source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as {
      axe: { run: (options: object) => Promise<AxeResults> };
    }).axe.run({
      resultTypes: ["violations"],
    })
  );
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.slice(0, 4).map(({ html, failureSummary }) =>
      `${html.slice(0, 160)} ${failureSummary ?? ""}`
    ),
  }));
  assert.deepEqual(found, [], what);
}
