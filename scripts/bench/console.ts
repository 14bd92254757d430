import { buildConsole, firstLoad } from "../stack/console.ts";
import { ensureBrowser } from "../stack/install.ts";
import { offerToTestSupport } from "../stack/offer.ts";
import { step } from "../stack/print.ts";
import { type BenchContext, compare, type Comparison, type MeasuredSet, median } from "./types.ts";

const limits = { seconds: 1.5, bytes: 250_000 };

/** From the address of the console to a history in which a backup can be opened, and what is loaded for that. */
export async function measureConsole(
  { stack, data, runs, signal }: BenchContext,
): Promise<{ set: MeasuredSet; comparisons: Comparison[] }> {
  const browser = await step("browser", ensureBrowser, (name) => name);
  await step("console", buildConsole);
  offerToTestSupport(stack, browser);
  const { consoleUrl, signIn, withPage } = await import("../../supabase/tests/console/_support/browser.ts");
  const { makeBackup } = await import("../../supabase/tests/console/_support/waiting.ts");
  await step("backup", () => makeBackup("To be opened"));

  const times: number[] = [];
  await withPage(async (page) => {
    await signIn(page);
    const row = page.getByRole("row").filter({ hasText: "To be opened" });
    for (let run = 1; run <= runs; run++) {
      signal.throwIfAborted();
      await page.goto("about:blank");
      const began = performance.now();
      const open = async () => {
        await page.goto(consoleUrl);
        await row.getByRole("link").click();
        return (performance.now() - began) / 1000;
      };
      times.push(await step(`history ${run}`, open, (seconds) => `${seconds.toFixed(2)} s`));
    }
  });

  const of = { profiles: data.profiles, against: "what it may have", limit: 1 } as const;
  const loaded = firstLoad();
  return {
    set: { data, details: { times, loaded } },
    comparisons: [
      compare({
        ...of,
        name: "to a usable history",
        unit: "seconds",
        ours: median(times),
        theirs: limits.seconds,
      }),
      compare({
        ...of,
        name: "first load, gzipped",
        unit: "bytes",
        ours: loaded.bytes,
        theirs: limits.bytes,
      }),
    ],
  };
}
