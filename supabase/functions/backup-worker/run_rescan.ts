import type { ImportableFolder } from "../_shared/answers.ts";
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

/** More than that is no manifest of ours, and would not fit into memory. */
const largestManifest = 16 * 1024 * 1024;

async function importFolder(
  { database, bucket, held, caller, log }: JobContext,
  { folder, manifest_path }: ImportableFolder,
): Promise<void> {
  const objects = await bucket.list(folder);
  const size = objects.find(({ path }) => path === manifest_path)?.size;
  if (size === undefined) {
    log.info("an archive went away meanwhile", { folder });
    return;
  }
  const bytes = size <= largestManifest ? await bucket.download(manifest_path) : new Uint8Array();
  const outcome = await database.call("import_manifest", {
    ...held,
    folder,
    manifest_text: textOf(bytes),
    manifest_sha256: await sha256(bytes),
  }, caller);
  log.info("archive looked at", { folder, size, outcome });
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
