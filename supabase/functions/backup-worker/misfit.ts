import postgres from "postgres";

/** A value that its column cannot hold, or one that a constraint of its type refuses. */
export function isMisfit(error: unknown): error is postgres.PostgresError {
  return error instanceof postgres.PostgresError && /^2[23]/.test(error.code);
}
