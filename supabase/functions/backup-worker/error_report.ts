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

/**
 * The server's own message helps, unless it may quote a value: so do those about data, and whatever a trigger of the
 * project raises. Its DETAIL may quote a row. Ours has been said already.
 */
function databaseFacts(cause: unknown) {
  if (!(cause instanceof postgres.PostgresError) || codeOfSqlState(cause.code)) return {};
  const mayQuote = /^(22|P0)/.test(cause.code);
  return { sqlstate: cause.code, ...(mayQuote ? {} : { database_message: cause.message }) };
}
