/** deno task start [--fresh] [--import dump.sql] [--background] */
import { parseArgs } from "node:util";
import { closeSync, openSync } from "node:fs";
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { explain, main } from "./stack/failure.ts";
import { firstBackup, printAccount } from "./stack/first_backup.ts";
import { identify, isSame } from "./stack/identity.ts";
import { interruption, whenAborted } from "./stack/interruption.ts";
import { apiUrl, password, people } from "./stack/people.ts";
import { bold, count, dim, note, pairs, plural, print } from "./stack/print.ts";
import { root, runningStack } from "./stack/profile.ts";
import { pause } from "./stack/service.ts";
import { bringUp, type Imported, type Stack } from "./stack/stack.ts";

await main(async () => {
  const options = parse();
  const running = runningStack("dev");
  if (running) {
    const said = running.state === "running"
      ? `runs already at ${apiUrl(running.ports)}`
      : "is starting already";
    print(`It ${said}.\n\n${pairs([["see it", "deno task status"], ["stop it", "deno task stop"]])}`);
    return 0;
  }
  if (options.background) return await startInBackground();

  print(`\n${bold("Alumni backup")} ${dim("local stack")}\n`);
  const interrupt = interruption();
  const stack = await bringUp("dev", { ...options, signal: interrupt });
  try {
    await Promise.race([account(stack), whenAborted(interrupt)]);
    await whenAborted(interrupt);
    print(`\n${dim("stopping …")}`);
  } finally {
    await stack.stop();
  }
  print("Stopped. The data is kept; `deno task start` goes on with it.");
  return 0;
});

function parse(): { fresh: boolean; dump?: string; background: boolean } {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      fresh: { type: "boolean", default: false },
      import: { type: "string" },
      background: { type: "boolean", default: false },
    },
  });
  const dump = values.import === undefined
    ? undefined
    : resolve(Deno.env.get("INIT_CWD") ?? ".", values.import);
  return { fresh: values.fresh, dump, background: values.background };
}

async function account(stack: Stack): Promise<void> {
  if (stack.imported) printImport(stack.imported);
  try {
    printAccount(await firstBackup(stack), stack.at.logs);
  } catch (error) {
    // Without a first backup everything else still runs, and can be looked into.
    explain(error);
    print(dim(`  Logs: ${stack.at.logs}`));
  }
  print(`\n${bold("Ready")}\n`);
  print(pairs([
    ["console", `${apiUrl(stack.ports)}/admin/`],
    ["API", `${apiUrl(stack.ports)}/functions/v1/backups`],
    ["sign in", `${people.admin}  ${password}`],
    ["database", `127.0.0.1:${stack.ports.db} ${dim("(the whole URL: deno task status)")}`],
    ["another", `deno task invoke backups POST /create '{"notes":"hi"}'`],
    ["stop", "Ctrl-C, or deno task stop"],
  ]));
  print();
}

function printImport({ tables, people: accounts, standIns, skipped, lacking, admin }: Imported): void {
  print(`\n${bold("Import")}\n`);
  print(`  ${plural(tables, "table")} in public, ${plural(accounts, "account")}`);
  if (standIns > 0) {
    print(
      `  ${plural(standIns, "account")} without a password, for people whose accounts the dump does not have`,
    );
  }
  for (const [what, times] of skipped) {
    print(dim(`  left out: ${what}${times > 1 ? ` (${count(times)} times)` : ""}`));
  }
  if (lacking.length > 0) print(dim(`  left out: extensions that this machine lacks: ${lacking.join(", ")}`));
  print();
  for (const line of admin.said) admin.isAdmin ? print(`  ${line}`) : note(line);
  if (!admin.isAdmin) note("Until then, the secret key may do everything: deno task invoke … --as secret");
}

/** Starts this very command again without a terminal, and shows what it says until it is ready. */
async function startInBackground(): Promise<number> {
  Deno.mkdirSync(`${root}/.stack`, { recursive: true });
  const log = `${root}/.stack/start.log`;
  const output = openSync(log, "w", 0o600);
  const args = [
    "run",
    "-A",
    `${root}/scripts/start.ts`,
    ...Deno.args.filter((arg) => arg !== "--background"),
  ];
  const child = spawn(Deno.execPath(), args, {
    cwd: Deno.cwd(),
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const identity = identify(child.pid!);
  let shown = 0;
  const show = () => {
    const text = Deno.readTextFileSync(log);
    if (text.length > shown) Deno.stdout.writeSync(new TextEncoder().encode(text.slice(shown)));
    shown = text.length;
    return text.includes("\nReady\n");
  };
  while (!show()) {
    if (!isSame(identity)) return show() ? 0 : 1;
    await pause(500);
  }
  child.unref();
  return 0;
}
