/** deno task stop: ends the stack that runs in another terminal or in the background. */
import { Failure, main } from "./stack/failure.ts";
import { isSame } from "./stack/identity.ts";
import { print } from "./stack/print.ts";
import { profile, runningStack } from "./stack/profile.ts";
import { pause, stopLeftovers } from "./stack/service.ts";

await main(async () => {
  const record = runningStack("dev");
  if (record) {
    Deno.kill(record.owner.pid, "SIGTERM");
    for (let waited = 0; isSame(record.owner); waited += 300) {
      if (waited > 60_000) {
        throw new Failure(`Process ${record.owner.pid} does not end.`, { log: profile("dev").logs });
      }
      await pause(300);
    }
  }
  const left = await stopLeftovers(profile("dev"));
  print(record || left.length > 0 ? "Stopped." : "It does not run.");
});
