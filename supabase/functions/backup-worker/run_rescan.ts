import type { ImportableFolder } from "../_shared/answers.ts";
import { AppError } from "../_shared/errors.ts";
import { sha256 } from "../_shared/sha256.ts";
import type { StoredObject } from "../_shared/storage.ts";
import type { JobContext } from "./worker.ts";

/** Compares the bucket with the catalogue; where that was asked for, archives that nobody knows become backups again. */
export async function runRescan(context: JobContext): Promise<void> {
  const { database, bucket, held, caller } = context;
  for await (const objects of bucket.everything()) await record(context, objects);
  for (const found of await database.call("folders_to_import", held, caller)) {
    await lookAgain(context, found.folder);
    await importFolder(context, found);
  }
  for (const folder of await database.call("folders_to_check", held, caller)) {
    await lookAgain(context, folder);
  }
  await database.call("complete_rescan", held, caller);
}

async function record({ database, held, caller }: JobContext, objects: StoredObject[]): Promise<void> {
  await database.call("record_objects", {
    ...held,
    objects: objects.map(({ path, size }) => ({ path, size })),
  }, caller);
}

/** The bucket is listed by pages: what is removed meanwhile moves others from one page to another, unseen. */
async function lookAgain(context: JobContext, folder: string): Promise<void> {
  await record(context, await context.bucket.list(folder));
}

async function importFolder(
  { database, bucket, held, caller, log }: JobContext,
  { folder, manifest_path }: ImportableFolder,
): Promise<void> {
  const bytes = await bucket.download(manifest_path).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "part_missing") return null;
    throw error;
  });
  if (bytes === null) {
    log.info("an archive went away meanwhile", { folder });
    return;
  }
  const outcome = await database.call("import_manifest", {
    ...held,
    folder,
    manifest_text: textOf(bytes),
    manifest_sha256: await sha256(bytes),
  }, caller);
  log.info("archive looked at", { folder, outcome });
}

/** What no text of Postgres can hold is no manifest either, and as broken as an empty one. */
function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? "" : text;
  } catch {
    return "";
  }
}
