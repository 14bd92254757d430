import type { ImportableFolder } from "../_shared/answers.ts";
import { AppError } from "../_shared/errors.ts";
import { sha256 } from "../_shared/sha256.ts";
import type { JobContext } from "./worker.ts";

/** Compares the bucket with the catalogue; where that was asked for, archives that nobody knows become backups again. */
export async function runRescan(context: JobContext): Promise<void> {
  const { database, bucket, held, caller } = context;
  for await (const objects of bucket.everything()) {
    await database.call("record_objects", {
      ...held,
      objects: objects.map(({ path, size }) => ({ path, size })),
    }, caller);
  }
  for (const found of await database.call("folders_to_import", held, caller)) {
    await importFolder(context, found);
  }
  await database.call("complete_rescan", held, caller);
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
