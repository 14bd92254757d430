import postgres from "postgres";
import { codeOfSqlState } from "../_shared/error_codes.ts";
import type { AppError } from "../_shared/errors.ts";

/** An error as it is kept with a backup, for an administrator to read. */
export function errorReport(error: AppError) {
  return {
    code: error.code,
    message: error.message,
    hint: error.hint ?? null,
    details: { ...error.members, ...databaseFacts(error.cause) },
  };
}

/** The server's own message helps; its DETAIL is left out, it may quote a row. Ours has been said already. */
function databaseFacts(cause: unknown) {
  return cause instanceof postgres.PostgresError && !codeOfSqlState(cause.code)
    ? { sqlstate: cause.code, database_message: cause.message }
    : {};
}
