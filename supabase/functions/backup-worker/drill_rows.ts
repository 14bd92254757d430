import { createHash } from "node:crypto";
import type { RowsDrillPart } from "../_shared/answers.ts";
import { invoke } from "../_shared/database.ts";
import { copyIn } from "./copy_in.ts";
import type { CopySession } from "./copy_out.ts";
import { partRows } from "./part_rows.ts";
import { inTransaction } from "./session.ts";

/**
 * Loads the rows of a part into a table of its own and reads them back; SQL compares. Table, rows and the note that
 * they are proven are one transaction: of a part that differs, nothing stays.
 */
export async function drillRows(
  session: CopySession,
  part: RowsDrillPart,
  zipped: Uint8Array,
  report: { job_id: string; worker_id: string; ordinal: number },
): Promise<void> {
  await inTransaction(session, async () => {
    await session.run((sql) => sql.unsafe(part.create_statement));
    await session.run((sql) => copyIn(sql, part.copy_in, partRows(part, zipped)));
    const found = await readBack(session, part.copy_out);
    await session.run((sql) => invoke(sql, "record_drilled_part", { ...report, ...found }));
  });
}

async function readBack(session: CopySession, query: string) {
  const hash = createHash("sha256");
  let row_count = 0;
  await session.copyOut(query, (rows, count) => {
    hash.update(rows);
    row_count += count;
  });
  return { row_count, raw_sha256: hash.digest("hex") };
}
