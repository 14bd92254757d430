import type { Stack } from "./stack.ts";
import { statusOf } from "./status.ts";

/** The support of the tests finds the stack in its environment, when it is loaded: so it must be imported afterwards. */
export function offerToTestSupport({ ports, secrets, cluster, keys }: Stack, browser: string): void {
  const found = { ...statusOf({ ports, secrets }, cluster.project.url, keys.file), BROWSER: browser };
  Object.entries(found).forEach(([name, value]) => Deno.env.set(name, value));
}
