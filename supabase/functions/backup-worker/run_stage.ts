import postgres from "postgres";
import { type Decrypt, requireDecrypt } from "../_shared/age.ts";
import type { Staging, StagingPart } from "../_shared/answers.ts";
import { partCorrupt, readPart } from "../_shared/archive_part.ts";
import type { Bytes } from "../_shared/bytes.ts";
import { invoke } from "../_shared/database.ts";
import { release } from "../_shared/release.ts";
import { sha256 } from "../_shared/sha256.ts";
import { callLong } from "./call_long.ts";
import { copyIn } from "./copy_in.ts";
import { failRestore } from "./fail_restore.ts";
import { partRows } from "./part_rows.ts";
import { inTransaction, openSession, type Session } from "./session.ts";
import { whileHeld } from "./while_held.ts";
import type { JobContext } from "./worker.ts";

/** Brings what is to be restored beside the live data, and compares the two. Live data is not touched. */
export function runStage(context: JobContext): Promise<void> {
  return whileHeld(context, () => stage(context), (error) => failRestore(context, error));
}

async function stage(context: JobContext): Promise<void> {
  const staging = await callLong(context, "begin_staging");
  if (staging.manifest) {
    const decrypt = requireDecrypt(context.env.ageIdentities);
    await proveManifest(context, staging.manifest);
    await stageParts(context, staging, decrypt);
  }
  await callLong(context, "compare_restore");
}

/** Whoever has changed the manifest has changed the archive. */
async function proveManifest(
  { bucket }: JobContext,
  { path, sha256: expected }: NonNullable<Staging["manifest"]>,
): Promise<void> {
  const found = await sha256(await bucket.download(path));
  if (found === expected) return;
  throw partCorrupt("manifest.json", "is not what was stored: its sha256 is another", {
    path,
    expected_sha256: expected,
    found_sha256: found,
  });
}

async function stageParts(context: JobContext, staging: Staging, decrypt: Decrypt): Promise<void> {
  const { env, signal, database, held, caller } = context;
  const session = await openSession({
    databaseUrl: env.databaseUrl,
    purpose: "staging",
    statements: staging.session_statements,
    signal,
  });
  const restaged = new Set<number>();
  try {
    for (;;) {
      const page = await database.call("staging_parts", held, caller);
      if (page.length === 0) return;
      await stagePage(context, session, page, decrypt, restaged);
    }
  } finally {
    await session.close();
  }
}

/** Ends early when a table has to be staged once more: its parts, and those behind, are then on the next page. */
async function stagePage(
  context: JobContext,
  session: Session,
  page: StagingPart[],
  decrypt: Decrypt,
  restaged: Set<number>,
): Promise<void> {
  const { database, held, caller, signal } = context;
  for await (const { part, zipped } of fetchAhead(context, page, decrypt)) {
    signal.throwIfAborted();
    try {
      await stagePart(context, session, part, zipped);
    } catch (error) {
      if (!isMisfit(error)) throw error;
      if (restaged.has(part.table_ordinal)) {
        throw partCorrupt(part.name, "cannot be read", { path: part.object_path }, error);
      }
      restaged.add(part.table_ordinal);
      await database.call("restage_as_text", { ...held, table_ordinal: part.table_ordinal }, caller);
      return;
    } finally {
      release(zipped);
    }
  }
}

/** A value that does not fit the live column's type or domain: the table may have changed since the backup. */
function isMisfit(error: unknown): boolean {
  return error instanceof postgres.PostgresError && /^2[23]/.test(error.code);
}

/**
 * A part is staged, and recorded as staged, in one transaction: both or neither, and only while the job is ours.
 * The rows end in an error unless they are proven to be those of the backup, so nothing else is ever committed.
 */
async function stagePart(
  { held }: JobContext,
  session: Session,
  part: StagingPart,
  zipped: Uint8Array,
): Promise<void> {
  await inTransaction(session, async () => {
    await session.run((sql) => copyIn(sql, part.copy_statement, partRows(part, zipped)));
    await session.run((sql) => invoke(sql, "record_staged_part", { ...held, ordinal: part.ordinal }));
  });
}

/** The next part is fetched while one is being staged: two are in memory at most. */
async function* fetchAhead({ bucket }: JobContext, parts: StagingPart[], decrypt: Decrypt) {
  const fetchPart = (part: StagingPart | undefined): Promise<Bytes> | null => {
    if (!part) return null;
    const fetching = readPart({ ...part, path: part.object_path }, bucket, decrypt);
    // A failure is met when its turn comes, or not at all.
    fetching.catch(() => {});
    return fetching;
  };
  let next = fetchPart(parts[0]);
  for (const [index, part] of parts.entries()) {
    const zipped = await next;
    next = fetchPart(parts[index + 1]);
    if (zipped) yield { part, zipped };
  }
}
