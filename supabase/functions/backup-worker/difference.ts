import type { DrillPart } from "../_shared/answers.ts";
import type { Json } from "../_shared/database.types.ts";
import type { ErrorCode } from "../_shared/error_codes.ts";
import { fromSqlError } from "../_shared/sql_errors.ts";
import { isMisfit } from "./misfit.ts";

/** Errors that say something about the archive; any other is about the drill. */
const kinds: ReadonlySet<ErrorCode> = new Set(["part_missing", "part_corrupt", "reads_back_differently"]);

/** What is wrong with a part of the archive, as the drill's report has it; null when something else failed. */
export function differenceOf(part: DrillPart, error: unknown): { [member: string]: Json } | null {
  if (isMisfit(error)) {
    return {
      kind: "not_loadable",
      // The server's own words may quote the value, and this is sent out of the house.
      message:
        `Rows of part ${part.name} cannot be loaded into columns of the types that they had (${error.code}).`,
      path: part.object_path,
      sqlstate: error.code,
    };
  }
  const { code, message, members } = fromSqlError(error);
  return kinds.has(code)
    ? { path: part.object_path, ...members as Record<string, Json>, kind: code, message }
    : null;
}
