import { type Decrypt, requireDecrypt } from "../_shared/age.ts";
import type { Drill, DrillPart } from "../_shared/answers.ts";
import type { Bytes } from "../_shared/bytes.ts";
import { callLong } from "./call_long.ts";
import { type CopySession, openCopySession } from "./copy_out.ts";
import { differenceOf } from "./difference.ts";
import { drillRows } from "./drill_rows.ts";
import { proveManifest } from "./manifest.ts";
import { proveText } from "./part_rows.ts";
import { neverStandingStill } from "./session.ts";
import { readSideBySide, withSessions } from "./side_by_side.ts";
import type { JobContext } from "./worker.ts";

/**
 * A drill: everything that a restore of the backup would need is fetched, loaded beside the live tables and read back.
 * What differs is noted, and the drill goes on: whoever has to mend it wants to know all of it.
 */
export async function runVerify(context: JobContext): Promise<void> {
  const drill = await callLong(context, "begin_drill");
  const decrypt = requireDecrypt(context.env.ageIdentities);
  await proveManifest(context, drill.manifest);
  await drillParts(context, drill, decrypt);
  await callLong(context, "complete_drill");
}

async function drillParts(
  context: JobContext,
  { session_statements }: Drill,
  decrypt: Decrypt,
): Promise<void> {
  const { env: { databaseUrl }, signal, database, held, caller } = context;
  const statements = [...session_statements, neverStandingStill];
  const open = () => openCopySession({ databaseUrl, purpose: "drill", statements, signal });
  await withSessions(open, async (sessions) => {
    for (let after = -1;;) {
      const page = await database.call("drill_parts", { ...held, after_ordinal: after }, caller);
      if (page.length === 0) return;
      await readSideBySide(context, sessions, page, decrypt, async (session, part, zipped) => {
        await drillPart(context, session, part, zipped);
        return true;
      });
      after = page[page.length - 1].ordinal;
    }
  });
}

async function drillPart(
  context: JobContext,
  session: CopySession,
  part: DrillPart,
  zipped: Promise<Bytes>,
): Promise<void> {
  const { database, held, caller } = context;
  const report = { ...held, ordinal: part.ordinal };
  try {
    if (part.table === null) {
      await proveText(part, await zipped);
      await database.call("record_drilled_part", { ...report, row_count: 0, raw_sha256: null }, caller);
    } else {
      await drillRows(session, part, await zipped, report);
    }
  } catch (error) {
    const difference = differenceOf(part, error);
    if (!difference) throw error;
    await database.call("record_difference", { ...report, difference }, caller);
  }
}
