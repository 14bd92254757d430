/** deno task console:<build|dev|check|library|example>: Vite and TypeScript over admin/, after installing what they need. */
import { consoleFolder, firstLoad, installConsole, npmEnvironment, tool } from "./stack/console.ts";
import { eachLine } from "./suites/lines.ts";
import { Failure, main } from "./stack/failure.ts";
import { count, plural, print } from "./stack/print.ts";

const commands: Record<string, string[][]> = {
  build: [["vite", "build"]],
  dev: [["vite"]],
  check: [["tsc", "--noEmit"]],
  library: [["vite", "build", "--config", "vite.library.config.ts"], [
    "tsc",
    "--project",
    "tsconfig.library.json",
  ]],
  example: [["vite", "build", "--config", "example/vite.config.ts"]],
};

await main(async () => {
  const steps = commands[Deno.args[0] ?? ""];
  if (!steps) throw new Failure(`Say what to do: ${Object.keys(commands).join(", ")}.`);
  await installConsole();
  for (const [program, ...args] of steps) {
    const code = await eachLine(tool(program), {
      args: [...args, ...Deno.args.slice(1)],
      env: npmEnvironment(),
      cwd: consoleFolder,
    }, print);
    if (code !== 0) return code;
  }
  if (Deno.args[0] === "build") {
    const { files, bytes } = firstLoad();
    print(`First load: ${count(Math.round(bytes / 1000))} kB gzipped, in ${plural(files, "file")}`);
  }
  return 0;
});
