import { root } from "../stack/profile.ts";
import { filesBelow } from "./files.ts";
import { eachLine } from "./lines.ts";
import type { Outcome, Suite, SuiteContext } from "./suite.ts";

/** `deno test` over a folder, against the running stack, which the tests find through their environment. */
export function denoSuite(name: string, folder: string, { except }: { except?: string } = {}): Suite {
  return {
    name,
    files: () =>
      filesBelow(folder, /[._]test\.tsx?$/)
        .filter((file) => except === undefined || !file.startsWith(`${root}/${except}/`)),
    run: (files, context) => runDeno(files, context),
  };
}

async function runDeno(
  files: string[],
  { env, verbose, print, signal }: SuiteContext,
): Promise<Outcome> {
  let outcome: Outcome | undefined;
  // Without a terminal the reporter writes each dot on a line of its own.
  let dots = "";
  const showDots = () => {
    for (; dots.length > 0; dots = dots.slice(100)) print(`  ${dots.slice(0, 100)}`);
  };
  const code = await eachLine(Deno.execPath(), {
    args: ["test", "--allow-all", "--no-prompt", ...(verbose ? [] : ["--reporter=dot"]), ...files],
    env: { ...env, NO_COLOR: "1" },
    cwd: root,
    signal,
  }, (line) => {
    if (line.trim() === "" || /^(Check|Download|Initialize) /.test(line)) return;
    if (/^[.,!]$/.test(line)) return void (dots += line);
    showDots();
    const summary = /^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed/.exec(line);
    if (summary) outcome = { passed: Number(summary[1]), failed: Number(summary[2]) };
    else print(`  ${line}`);
  });
  const { passed, failed } = outcome ?? { passed: 0, failed: 0 };
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}
