import { buildConsole, buildExample } from "../stack/console.ts";
import { ensureBrowser } from "../stack/install.ts";
import { step } from "../stack/print.ts";
import { denoSuite } from "./deno.ts";
import type { Suite } from "./suite.ts";

const tests = denoSuite("console", "supabase/tests/console");

/** What people see, in a real browser: so a browser has to be there, and the console as it is now. */
export const consoleSuite: Suite = {
  ...tests,
  run: async (files, context) => {
    const browser = await step("browser", ensureBrowser, (name) => name);
    await step("console", buildConsole, (isNew) => isNew ? "built" : "built before");
    await step("example", buildExample, (isNew) => isNew ? "built" : "built before");
    return await tests.run(files, { ...context, env: { ...context.env, BROWSER: browser } });
  },
};
