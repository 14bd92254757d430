/** deno task screens: the pictures of docs/admin-guide.md, of a real browser on a stack of its own. */
import { withReceiver } from "../supabase/tests/functions/_support/receiver.ts";
import { FaultyStorage } from "./chaos/faulty_storage.ts";
import { buildConsole } from "./stack/console.ts";
import { main } from "./stack/failure.ts";
import { ensureBrowser } from "./stack/install.ts";
import { bold, dim, print } from "./stack/print.ts";
import { withScratchStack } from "./stack/scratch.ts";
import { statusOf } from "./stack/status.ts";

await main(async () => {
  print(`\n${bold("Screens")} ${dim("of the administrator's guide")}\n`);
  const browser = await ensureBrowser();
  await buildConsole();
  // It lets a backup wait: one of this little data would be over before anybody sees it run.
  const storage = new FaultyStorage();
  try {
    await withReceiver(
      () => new Response(),
      (receiver) =>
        withScratchStack(
          "screens",
          async ({ ports, secrets, keys, cluster }, signal) => {
            // The support of the console's tests finds the stack in its environment, when it is loaded.
            const found = {
              ...statusOf({ ports, secrets }, cluster.project.url, keys.file),
              BROWSER: browser,
            };
            Object.entries(found).forEach(([name, value]) => Deno.env.set(name, value));
            const { takeAll } = await import("./screens/take_all.ts");
            print();
            await takeAll(storage, signal);
          },
          {
            functionEnv: (ports) => ({
              ...storage.environment(ports),
              BACKUP_WEBHOOK_URL: `http://${receiver}/`,
              BACKUP_WEBHOOK_ALLOWED_HOSTS: receiver,
            }),
          },
        ),
    );
  } finally {
    await storage.close();
  }
});
