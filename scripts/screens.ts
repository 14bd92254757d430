/** deno task screens: the pictures of docs/admin-guide.md, of a real browser on a stack of its own. */
import { withReceiver } from "../supabase/tests/functions/_support/receiver.ts";
import { FaultyStorage } from "./chaos/faulty_storage.ts";
import { buildConsole } from "./stack/console.ts";
import { main } from "./stack/failure.ts";
import { ensureBrowser } from "./stack/install.ts";
import { offerToTestSupport } from "./stack/offer.ts";
import { bold, dim, print } from "./stack/print.ts";
import { withScratchStack } from "./stack/scratch.ts";

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
          async (stack, signal) => {
            offerToTestSupport(stack, browser);
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
