import type { Buffer } from "node:buffer";
import pLimit from "p-limit";
import { createEncrypt, type Encrypt } from "../_shared/age.ts";
import type { BackupJob, PendingPart } from "../_shared/answers.ts";
import type { Json } from "../_shared/database.types.ts";
import { AppError } from "../_shared/errors.ts";
import { release } from "../_shared/release.ts";
import { sha256 } from "../_shared/sha256.ts";
import { removeArchive } from "./archive.ts";
import { proveManifest } from "./manifest.ts";
import { ScriptPart } from "./script_part.ts";
import { joinSnapshot, openSnapshot, type Snapshot, type SnapshotOptions } from "./snapshot.ts";
import type { JobContext } from "./worker.ts";

/** Compressed parts in memory at any time (a few MB each), besides the one that is being read. */
const inFlightLimit = 12;

/** Of those, how many are on their way to the bucket. */
const uploadLimit = 2;

/** Makes one backup. */
export async function runBackup(context: JobContext<BackupJob>): Promise<void> {
  const { env, job, held, caller, database, bucket, signal } = context;
  const encrypt = await createEncrypt(env.ageRecipients);
  const settings = await database.call("begin_backup", held, caller);
  if (job.attempt > 1 && !await removeArchive(context)) {
    throw new AppError(
      "storage_unavailable",
      "What the attempt before left in the bucket cannot be removed.",
    );
  }

  const ending = new AbortController();
  const options = {
    databaseUrl: env.databaseUrl,
    settings,
    signal: AbortSignal.any([signal, ending.signal]),
  };
  const snapshot = await openSnapshot(options);
  try {
    // Beside each other, in one snapshot; but nothing is stored before the data is known to be good.
    const reporting = validate(options, await snapshot.export());
    // Whoever waits for the verdict hears of a failure.
    reporting.catch(() => {});
    const plan = await snapshot.plan(job.backup_id, settings.tables);
    await database.call("record_plan", { ...held, plan }, caller);
    const verdict = reporting.then((report) =>
      database.call("record_validation", { ...held, report }, caller)
    );
    const stored = await copyParts(context, snapshot, { encrypt, gzipLevel: settings.gzip_level, verdict });
    if (!await verdict) return;
    await proveStored(context, stored);
  } finally {
    // Also a validation that is still under way.
    ending.abort();
    await snapshot.close();
  }

  const manifest = new TextEncoder().encode(await database.call("close_archive", held, caller));
  signal.throwIfAborted();
  const stored = { path: `${job.backup_id}/manifest.json`, sha256: await sha256(manifest) };
  // Of all objects it alone has the same path at every attempt. A worker that was thought dead may be late with its
  // own: it must not replace the one of a completed backup.
  await bucket.create(stored.path, manifest, "application/json");
  // It is small, and without it there is no archive: what the storage has of it is read once.
  await proveManifest(context, stored);
  await database.call("complete_backup", { ...held, manifest_sha256: stored.sha256 }, caller);
}

async function validate(options: SnapshotOptions, exported: string): Promise<Json> {
  const snapshot = await joinSnapshot(options, exported);
  try {
    return await snapshot.validate(options.settings.tables);
  } finally {
    await snapshot.close();
  }
}

interface CopyOptions {
  encrypt: Encrypt;
  gzipLevel: number;
  /** Whether parts may be stored: the data is valid, or somebody has overridden that it is not. */
  verdict: Promise<boolean>;
}

/** Reads one slice after the other while those before are encrypted and, after the verdict, stored. */
async function copyParts(
  context: JobContext<BackupJob>,
  snapshot: Snapshot,
  { encrypt, gzipLevel, verdict }: CopyOptions,
): Promise<Map<string, number>> {
  const { held, caller, database, bucket, signal } = context;
  const stored = new Map<string, number>();
  const inFlight = new Set<Promise<unknown>>();
  const spareBlocks: Buffer[] = [];
  const uploading = pLimit(uploadLimit);
  let isBlocked = false;
  let isFailed = false;
  // Whoever stores a part hears of a failure.
  verdict.then((mayGoOn) => isBlocked = !mayGoOn, () => {});

  const store = async (part: PendingPart, script: ScriptPart) => {
    const clear = await script.finish(part.suffix);
    const clearSize = clear.bytes.length;
    const bytes = await encrypt(clear.bytes);
    release(clear.bytes);
    const size = bytes.length;
    const storedSha256 = await sha256(bytes);
    if (!await verdict) return;
    await uploading(async () => {
      if (isFailed) return;
      signal.throwIfAborted();
      await bucket.upload(part.object_path, bytes);
      stored.set(part.object_path, size);
      release(bytes);
      await database.call("record_part", {
        ...held,
        ordinal: part.ordinal,
        row_count: clear.rowCount,
        raw_bytes: clear.rawBytes,
        clear_bytes: clearSize,
        stored_bytes: size,
        raw_sha256: clear.rawSha256,
        stored_sha256: storedSha256,
      }, caller);
    });
  };

  try {
    for await (const part of pendingParts(context)) {
      signal.throwIfAborted();
      if (isBlocked || isFailed) break;
      const script = new ScriptPart(part.prefix, gzipLevel, spareBlocks);
      if (part.copy_query !== null) {
        await snapshot.copy(part.copy_query, (rows, count) => script.addRows(rows, count));
      }
      // One that failed stays among them, so that whoever waits for all hears of it.
      const work: Promise<unknown> = store(part, script).then(() => inFlight.delete(work));
      work.catch(() => isFailed = true);
      inFlight.add(work);
      if (inFlight.size >= inFlightLimit) await Promise.race(inFlight);
    }
    await Promise.all(inFlight);
  } catch (error) {
    isFailed = true;
    // An upload that is still under way must not outlive the clearing up.
    await Promise.allSettled(inFlight);
    // A blocked backup has ended, and with it the job that the next page was asked for.
    if (!isBlocked) throw error;
  }
  return stored;
}

/** The plan in pages: it may be long. */
async function* pendingParts({ database, held, caller }: JobContext<BackupJob>): AsyncGenerator<PendingPart> {
  let after = -1;
  while (true) {
    const page = await database.call("pending_parts", { ...held, after_ordinal: after }, caller);
    if (page.length === 0) return;
    yield* page;
    after = page[page.length - 1].ordinal;
  }
}

/**
 * A storage that answered well and kept nothing is found out here, before the
 * manifest. What an attempt before was still uploading while this one cleared up
 * belongs to nobody, and goes.
 */
async function proveStored(
  { bucket, job }: JobContext<BackupJob>,
  stored: Map<string, number>,
): Promise<void> {
  const sizes = new Map((await bucket.list(job.backup_id)).map(({ path, size }) => [path, size]));
  for (const [path, size] of stored) {
    if (sizes.get(path) === size) continue;
    throw new AppError("part_missing", `The storage took ${path} but does not have it.`, {
      hint: "Look at the state of the storage, then make the backup again.",
      members: { path, expected_bytes: size, found_bytes: sizes.get(path) ?? null },
    });
  }
  await bucket.remove([...sizes.keys()].filter((path) => !stored.has(path)));
}
