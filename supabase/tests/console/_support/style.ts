import type { Locator } from "playwright-core";

/** How an element looks: the computed values of these properties. */
export function styleOf<Name extends string>(
  locator: Locator,
  ...names: Name[]
): Promise<Record<Name, string>> {
  return locator.first().evaluate((element, names) => {
    // This function runs in the page; the tests around it know no DOM.
    const { getComputedStyle } = globalThis as unknown as {
      getComputedStyle: (element: unknown) => Record<string, string>;
    };
    const style = getComputedStyle(element);
    return Object.fromEntries(names.map((name) => [name, style[name]])) as Record<string, string>;
  }, names) as Promise<Record<Name, string>>;
}
