import postgres from "postgres";
import { AppError } from "../_shared/errors.ts";
import { callLong } from "./call_long.ts";
import { failRestore } from "./fail_restore.ts";
import { whileHeld } from "./while_held.ts";
import type { JobContext } from "./worker.ts";

/** Applies one restore: one call, one transaction. Whatever goes wrong leaves live data as it was. */
export function runApply(context: JobContext): Promise<void> {
  const { database, held, caller } = context;
  return whileHeld(context, async () => {
    await callLong(context, "apply_restore").catch((error) => {
      throw isLost(error) ? lockTimeout(error) : error;
    });
    await database.call("conclude_restore", held, caller);
  }, (error) => failRestore(context, error));
}

/** A lock that was not given in time, a deadlock, a lost race: all are somebody else's work on the same tables. */
function isLost(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ["55P03", "40P01", "40001"].includes(error.code);
}

function lockTimeout(cause: unknown): AppError {
  return new AppError("restore_lock_timeout", "Somebody else is working on the tables of the restore.", {
    hint: "Nothing was changed. Restore again when that work (often a migration or a long import) is done.",
    cause,
  });
}
