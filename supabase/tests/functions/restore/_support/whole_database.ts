import assert from "node:assert/strict";
import { stack } from "../../_support/stack.ts";

/**
 * Schema and rows of the whole database as pg_dump writes them, but for what a
 * restore stages and writes down about itself: the rows of our own tables and of the bucket.
 */
export async function wholeDatabase(): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command("pg_dump", {
    args: [
      [
        "--no-owner",
        "--exclude-schema=cron",
        "--exclude-schema=backup_staging",
        "--exclude-table-data=backup.*",
      ],
      ["--exclude-table-data=public.backups", "--exclude-table-data=storage.*", stack.databaseUrl],
    ].flat(),
  }).output();
  const decoder = new TextDecoder();
  assert.equal(code, 0, decoder.decode(stderr));
  // Newer versions open and close a dump with a random word.
  return decoder.decode(stdout).replace(/^\\(un)?restrict .*$/gm, "");
}

/** Says where the first difference is: two whole dumps are too much to read. */
export function assertUnchanged(after: string, before: string, message: string): void {
  if (after === before) return;
  const [now, then] = [after.split("\n"), before.split("\n")];
  const at = now.findIndex((line, index) => line !== then[index]);
  assert.fail(`${message}: line ${at + 1} was\n${then[at]}\nand is\n${now[at]}`);
}
