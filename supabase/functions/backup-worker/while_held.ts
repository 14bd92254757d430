import { fromSqlError } from "../_shared/sql_errors.ts";
import { errorReport } from "./error_report.ts";
import type { JobContext } from "./worker.ts";

/**
 * Does the work of a job. When it fails, that is cleared up and reported; SQL decides whether it is tried again. But
 * whoever lost the job must touch nothing, since its successor works in the same place. Losing it can look like
 * anything (a connection that was closed, a storage that was slow), so it is asked before anything is touched.
 */
export async function whileHeld(
  { database, held, caller, signal, log }: JobContext,
  work: () => Promise<void>,
  clearUp?: () => Promise<boolean>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const error = fromSqlError(thrown);
    if (error.code === "lease_lost") throw error;
    signal.throwIfAborted();
    await database.call("heartbeat", held, caller);
    const objectsRemain = clearUp ? !await clearUp() : false;
    const outcome = await database.call("fail_job", {
      ...held,
      error: errorReport(error),
      objects_remain: objectsRemain,
    }, caller);
    log.warn("job failed", { code: error.code, outcome, objects_remain: objectsRemain });
  }
}
