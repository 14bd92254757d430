import postgres from "postgres";
import type { Decrypt } from "../_shared/age.ts";
import type { StagingPart } from "../_shared/answers.ts";
import { partCorrupt, readPart } from "../_shared/archive_part.ts";
import type { Bytes } from "../_shared/bytes.ts";
import { invoke } from "../_shared/database.ts";
import { release } from "../_shared/release.ts";
import { copyIn } from "./copy_in.ts";
import { partRows } from "./part_rows.ts";
import { inTransaction, openSession, type Session } from "./session.ts";
import type { JobContext } from "./worker.ts";

/** One process of the server turns text into rows slower than we bring it. */
const sessionCount = 2;

/** Stages every part that is listed, a page at a time, until none is left. */
export async function stageParts(
  context: JobContext,
  sessionStatements: string[],
  decrypt: Decrypt,
): Promise<void> {
  const { env, signal, database, held, caller } = context;
  const sessions: Session[] = [];
  const restaged = new Set<number>();
  try {
    while (sessions.length < sessionCount) {
      sessions.push(
        await openSession({
          databaseUrl: env.databaseUrl,
          purpose: "staging",
          statements: sessionStatements,
          signal,
        }),
      );
    }
    for (;;) {
      const page = await database.call("staging_parts", held, caller);
      if (page.length === 0) return;
      for (const { part, error } of await stagePage(context, sessions, page, decrypt)) {
        await restage(context, restaged, part, error);
      }
    }
  } finally {
    for (const session of sessions) await session.close();
  }
}

/** A part with a value that does not fit: the live column may have another type or domain than it had. */
interface Misfit {
  part: StagingPart;
  error: unknown;
}

/** Ends early when a part does not fit: what is left of the page is on the next one. */
async function stagePage(
  context: JobContext,
  sessions: Session[],
  page: StagingPart[],
  decrypt: Decrypt,
): Promise<Iterable<Misfit>> {
  // Of one table several may be met at once.
  const misfits = new Map<number, Misfit>();
  // Whoever leaves it ends it for the others too.
  const parts = fetchAhead(context, page, decrypt);
  const stageNext = async (session: Session) => {
    for await (const { part, zipped } of parts) {
      context.signal.throwIfAborted();
      try {
        await stagePart(context, session, part, zipped);
      } catch (error) {
        if (!isMisfit(error)) throw error;
        misfits.set(part.table_ordinal, { part, error });
        return;
      } finally {
        release(zipped);
      }
    }
  };
  // All of them have ended before anything else is done with the tables.
  const ends = await Promise.allSettled(sessions.map(stageNext));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return misfits.values();
}

function isMisfit(error: unknown): boolean {
  return error instanceof postgres.PostgresError && /^2[23]/.test(error.code);
}

/** Once for each table: as text everything fits that is a row at all. */
async function restage(
  { database, held, caller }: JobContext,
  restaged: Set<number>,
  part: StagingPart,
  error: unknown,
): Promise<void> {
  const { table_ordinal } = part;
  if (restaged.has(table_ordinal)) {
    throw partCorrupt(part.name, "cannot be read", { path: part.object_path }, error);
  }
  restaged.add(table_ordinal);
  await database.call("restage_as_text", { ...held, table_ordinal }, caller);
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

/** The next part is fetched while others are being staged: one more is in memory than there are sessions. */
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
