import type { Decrypt } from "../_shared/age.ts";
import type { StagingPart } from "../_shared/answers.ts";
import { partCorrupt } from "../_shared/archive_part.ts";
import { invoke } from "../_shared/database.ts";
import { copyIn } from "./copy_in.ts";
import { isMisfit } from "./misfit.ts";
import { partRows } from "./part_rows.ts";
import { inTransaction, neverStandingStill, openSession, type Session } from "./session.ts";
import { readSideBySide, withSessions } from "./side_by_side.ts";
import type { JobContext } from "./worker.ts";

/** Stages every part that is listed, a page at a time, until none is left. */
export async function stageParts(
  context: JobContext,
  sessionStatements: string[],
  decrypt: Decrypt,
): Promise<void> {
  const { env: { databaseUrl }, signal, database, held, caller } = context;
  const restaged = new Set<number>();
  const statements = [...sessionStatements, neverStandingStill];
  const open = () => openSession({ databaseUrl, purpose: "staging", statements, signal });
  await withSessions(open, async (sessions) => {
    for (;;) {
      const page = await database.call("staging_parts", held, caller);
      if (page.length === 0) return;
      for (const { part, error } of await stagePage(context, sessions, page, decrypt)) {
        await restage(context, restaged, part, error);
      }
    }
  });
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
  await readSideBySide(context, sessions, page, decrypt, async (session, part, zipped) => {
    try {
      await stagePart(context, session, part, await zipped);
      return true;
    } catch (error) {
      if (!isMisfit(error)) throw error;
      misfits.set(part.table_ordinal, { part, error });
      return false;
    }
  });
  return misfits.values();
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
