/** deno task status: what a running stack offers, as NAME=value lines. */
import { main } from "./stack/failure.ts";
import { print } from "./stack/print.ts";
import { runningProject } from "./stack/running.ts";

await main(async () => {
  const { status } = await runningProject();
  print(Object.entries(status).map(([name, value]) => `${name}=${value}`).join("\n"));
});
