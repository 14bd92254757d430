import type { AppError } from "../_shared/errors.ts";
import { fromSqlError } from "../_shared/sql_errors.ts";
import type { JobContext } from "./worker.ts";

/**
 * Does the work of a job. When it fails, `fail` clears up and reports; but whoever lost the job must touch nothing,
 * since its successor works in the same place. Losing it can look like anything (a connection that was closed, a
 * storage that was slow), so it is asked before anything is touched.
 */
export async function whileHeld(
  { database, held, caller, signal }: JobContext,
  work: () => Promise<void>,
  fail: (error: AppError) => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const error = fromSqlError(thrown);
    if (error.code === "lease_lost") throw error;
    signal.throwIfAborted();
    await database.call("heartbeat", held, caller);
    await fail(error);
  }
}
