import type { Locator, Page } from "playwright-core";
import { root } from "../stack/profile.ts";

const folder = `${root}/docs/screens`;

export interface Framing {
  /** Down to the end of this, however long the page is. */
  to?: Locator;
  /** This alone, with a little around it. */
  of?: Locator;
  /** So high, in pixels. */
  height?: number;
}

const margin = 24;

/** A picture of the page for the guide, once everything on it has arrived. */
export async function take(
  page: Page,
  name: string,
  { to, of, height }: Framing = {},
): Promise<void> {
  await page.locator(".mantine-Skeleton-root").first().waitFor({
    state: "detached",
  });
  // Nothing looks as if it were pointed at.
  await page.mouse.move(0, 0);
  const usual = page.viewportSize()!;
  if (height) await resize(page, height);
  if (of) {
    await resize(page, Math.max(usual.height, await page.evaluate("document.documentElement.scrollHeight")));
  }
  if (to) {
    await to.scrollIntoViewIfNeeded();
    await page.evaluate("scrollTo(0, 0)");
    const box = (await to.boundingBox())!;
    await resize(page, Math.ceil(box.y + box.height + margin));
  }
  // What has just opened or moved comes to rest.
  await page.waitForTimeout(400);
  const clip = of && around((await of.boundingBox())!, page.viewportSize()!);
  await page.screenshot({
    path: `${folder}/${name}.png`,
    animations: "disabled",
    caret: "hide",
    clip,
  });
  await resize(page, usual.height);
}

const resize = (page: Page, height: number) =>
  page.setViewportSize({ width: page.viewportSize()!.width, height });

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function around(box: Box, window: { width: number; height: number }): Box {
  const x = Math.max(Math.floor(box.x) - margin, 0);
  const y = Math.max(Math.floor(box.y) - margin, 0);
  return {
    x,
    y,
    width: Math.min(Math.ceil(box.width) + 2 * margin, window.width - x),
    height: Math.min(Math.ceil(box.height) + 2 * margin, window.height - y),
  };
}
