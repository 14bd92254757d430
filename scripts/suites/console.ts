import { buildConsole, buildExample } from "../stack/console.ts";
import { ensureBrowser } from "../stack/install.ts";
import { denoSuite } from "./deno.ts";
import type { Suite } from "./suite.ts";

const tests = denoSuite("console", "supabase/tests/console");

/** What people see, in a real browser: so a browser has to be there, and the console as it is now. */
export const consoleSuite: Suite = {
  ...tests,
  run: async (files, context) => {
    const browser = await ensureBrowser();
    await buildConsole();
    await buildExample();
    return await tests.run(files, { ...context, env: { ...context.env, BROWSER: browser } });
  },
};
