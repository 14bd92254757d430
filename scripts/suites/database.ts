import { dim, green, print, red } from "../stack/print.ts";
import { root } from "../stack/profile.ts";
import { filesBelow } from "./files.ts";
import { eachLine } from "./lines.ts";
import type { Outcome, Suite, SuiteContext } from "./suite.ts";

/** pgTAP: pg_prove runs each file through psql, as the project's role. */
export const databaseSuite: Suite = {
  name: "database",
  files: () => filesBelow("supabase/tests/database", /\.test\.sql$/),
  run: runDatabase,
};

async function runDatabase(files: string[], { stack, verbose }: SuiteContext): Promise<Outcome> {
  const { superuser, project, programs } = stack.cluster;
  await superuser.rows("create extension if not exists pgtap with schema extensions");
  const report = new TapReport(verbose);
  const code = await eachLine("pg_prove", {
    args: [
      "--psql-bin",
      `${programs.bin}/psql`,
      "--verbose",
      "--norc",
      ...files.map((file) => file.slice(root.length + 1)),
    ],
    env: project.env,
    cwd: root,
  }, (line) => report.hear(line));
  return report.end(code);
}

/** Counts what pg_prove reports, and shows one line for each file and whatever failed in it. */
class TapReport {
  #passed = 0;
  #failed = 0;
  #file?: { name: string; passed: number; failed: number; isBad: boolean };
  #said: string[] = [];
  #summary = false;
  #hasBad = false;

  constructor(readonly verbose: boolean) {}

  hear(line: string): void {
    const file = /^(\S+\.test\.sql) \.+\s*$/.exec(line);
    if (file) {
      this.#closeFile();
      this.#file = { name: file[1], passed: 0, failed: 0, isBad: false };
    } else if (/^(All tests successful|Test Summary Report|Files=|Result:)/.test(line)) {
      this.#closeFile();
      this.#summary = true;
    } else if (/^ok \d/.test(line)) {
      this.#passed++;
      if (this.#file) this.#file.passed++;
      if (this.verbose) print(dim(`    ${line}`));
      return;
    } else if (/^not ok \d/.test(line)) {
      this.#failed++;
      if (this.#file) this.#file.failed++;
      this.#said.push(red(`    ${line}`));
      return;
    }
    if (file || line.trim() === "" || /^(ok|1\.\.\d+|# Looks like)/.test(line)) return;
    if (this.#file && /^(Dubious|Failed|No subtests)/.test(line)) this.#file.isBad = true;
    if (this.#summary ? !/^(All tests|Files=|Result: PASS)/.test(line) : true) this.#said.push(`    ${line}`);
  }

  end(code: number): Outcome {
    this.#closeFile();
    // The summary repeats what stands with each file.
    if (code !== 0 && !this.#hasBad) this.#said.forEach((line) => print(line));
    // A file can fail without a failing test: by an error, or by running fewer tests than it planned.
    if (code !== 0 && this.#failed === 0) this.#failed = 1;
    return { passed: this.#passed, failed: this.#failed };
  }

  #closeFile(): void {
    if (!this.#file) return;
    const { name, passed, failed } = this.#file;
    const isBad = failed > 0 || this.#file.isBad;
    this.#hasBad ||= isBad;
    const mark = isBad ? red("✗") : green("✓");
    print(`  ${mark} ${name} ${dim(`${passed}${failed > 0 ? ` of ${passed + failed}` : ""}`)}`);
    const said = this.#said.splice(0);
    if (isBad || this.verbose) said.forEach((line) => print(line));
    this.#file = undefined;
  }
}
