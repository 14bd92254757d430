import type { AppError } from "../_shared/errors.ts";
import { errorReport } from "./error_report.ts";
import type { JobContext } from "./worker.ts";

/** The restore ends here, and what was staged goes; live data is as it was. */
export async function failRestore(context: JobContext, error: AppError): Promise<void> {
  const { database, held, caller, log } = context;
  await database.call("fail_restore", { ...held, error: errorReport(error) }, caller);
  log.warn("restore failed", { code: error.code });
}
