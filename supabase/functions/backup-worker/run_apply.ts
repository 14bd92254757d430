import postgres from "postgres";
import { AppError } from "../_shared/errors.ts";
import { callLong } from "./call_long.ts";
import type { JobContext } from "./worker.ts";

/** Applies one restore: one call, one transaction. Whatever goes wrong leaves live data as it was. */
export async function runApply(context: JobContext): Promise<void> {
  await callLong(context, "apply_restore").catch((error) => {
    throw error instanceof postgres.PostgresError ? refusal(error) : error;
  });
  await callLong(context, "conclude_restore");
}

/** What the server itself says against the restore; anything else, our own errors among it, stays as it is. */
function refusal(error: postgres.PostgresError): Error {
  // A lock that was not given in time, a deadlock, a lost race: all are somebody else's work on the same tables.
  if (["55P03", "40P01", "40001"].includes(error.code)) return lockTimeout(error);
  return error.code.startsWith("23") ? constraintViolated(error) : error;
}

function lockTimeout(cause: unknown): AppError {
  return new AppError("restore_lock_timeout", "Somebody else is working on the tables of the restore.", {
    hint: "Nothing was changed. Restore again when that work (often a migration or a long import) is done.",
    cause,
  });
}

/** One that SQL did not foresee, or it would have named the rows. */
function constraintViolated(cause: postgres.PostgresError): AppError {
  const table = `${cause.schema_name}.${cause.table_name}`;
  const constraint = cause.constraint_name ?? cause.column_name ?? null;
  return new AppError("constraint_violated", `The restored rows would violate ${constraint} of ${table}.`, {
    hint: "Nothing was changed. Correct the rows that are in the way, or choose more tables.",
    members: { table, constraint, rows: [] },
    cause,
  });
}
