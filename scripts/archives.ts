/** deno task archives pull|push FOLDER [BACKUP_ID …] [--url https://<ref>.supabase.co]: see docs/operations.md. */
import { parseArgs } from "node:util";
import { resolve } from "node:path";
import { AppError } from "../supabase/functions/_shared/errors.ts";
import type { Copy } from "./archives/copy.ts";
import { archivesIn } from "./archives/folder.ts";
import { isId } from "./archives/manifest.ts";
import { openProject, type Project } from "./archives/project.ts";
import { pullArchive } from "./archives/pull.ts";
import { pushArchive } from "./archives/push.ts";
import { Failure, main } from "./stack/failure.ts";
import { bold, bytes, dim, note, plural, print, printError, step } from "./stack/print.ts";

const usage = "Usage: deno task archives pull|push FOLDER [BACKUP_ID …] [--url https://<ref>.supabase.co]";

await main(async () => {
  const { direction, folder, ids: named, url } = parse();
  const project = await openProject(url);
  print(`\n${bold("Archives")} ${dim(say(direction, project, folder))}\n`);

  const ids = named.length > 0 ? named : await everyArchive(direction, project, folder);
  const copies: Copy[] = [];
  for (const id of ids) {
    try {
      const work = direction === "pull" ? pullArchive : pushArchive;
      copies.push(await step(id, () => work(project, folder, id), account));
    } catch (error) {
      const failure = asFailure(error, project);
      if (!ailsOneArchive(error)) throw failure;
      printError(`    ${failure.message}${failure.hint ? `\n    ${failure.hint}` : ""}`);
    }
  }

  const unproven = copies.filter(({ isCatalogued }) => isCatalogued === false).length;
  if (direction === "pull" && unproven > 0) {
    note(`the catalogue says nothing of ${plural(unproven, "archive")}: compared with the manifest alone`);
  }
  print(
    `\n  ${plural(copies.length, "archive")}, ${bytes(copies.reduce((sum, copy) => sum + copy.bytes, 0))}`,
  );
  const failed = ids.length - copies.length;
  if (failed > 0) throw new Failure(`${plural(failed, "archive")} of ${ids.length} could not be copied.`);
});

function parse() {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    options: { url: { type: "string" } },
    allowPositionals: true,
  });
  const [direction, folder, ...ids] = positionals;
  if ((direction !== "pull" && direction !== "push") || !folder) throw new Failure(usage);
  for (const id of ids) {
    if (!isId(id)) throw new Failure(`${id} is no id of a backup.`, { hint: usage });
  }
  return {
    direction: direction as "pull" | "push",
    folder: resolve(Deno.env.get("INIT_CWD") ?? ".", folder),
    ids: [...new Set(ids)],
    url: values.url,
  };
}

async function everyArchive(direction: "pull" | "push", project: Project, folder: string): Promise<string[]> {
  const where = direction === "pull" ? "the bucket" : folder;
  const ids = direction === "pull" ? await project.archives().catch(explained) : archivesIn(folder);
  // A copy of nothing is not what anybody meant, least of all a nightly job.
  if (ids.length === 0) throw new Failure(`There is no archive in ${where}.`);
  return ids;

  function explained(error: unknown): never {
    throw asFailure(error, project);
  }
}

function say(direction: "pull" | "push", { url }: Project, folder: string): string {
  return direction === "pull" ? `${url} → ${folder}` : `${folder} → ${url}`;
}

function account({ createdAt, parts, bytes: size, copied }: Copy): string {
  const done = copied === 0
    ? "there already"
    : copied < parts
    ? `${copied} copied, the others there`
    : "copied";
  return `${createdAt.slice(0, 16).replace("T", " ")}  ${plural(parts, "part")}, ${bytes(size)}  ${done}`;
}

/** That is no reason to leave the others; what ails the storage, or the disk, is. */
function ailsOneArchive(error: unknown): boolean {
  return error instanceof Failure || (error instanceof AppError && error.code === "part_missing");
}

function asFailure(error: unknown, { url }: Project): Failure {
  if (error instanceof Failure) return error;
  // The system's own words: no space left, permission denied.
  if (error instanceof Error && !(error instanceof AppError) && "code" in error) {
    return new Failure(error.message);
  }
  if (!(error instanceof AppError)) throw error;
  if (error.code === "storage_refused" && [401, 403].includes(Number(error.members.storage_status))) {
    return new Failure("The storage refuses the key.", {
      hint: `BACKUP_SECRET_KEY has to be a secret key of ${url}.`,
    });
  }
  return new Failure(error.message, { hint: error.hint });
}
