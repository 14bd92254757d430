import type { BackupJob } from "../_shared/answers.ts";
import { AppError } from "../_shared/errors.ts";
import { removeArchive } from "./archive.ts";
import type { JobContext } from "./worker.ts";

/** Removes the objects of a backup; tried again, later and later, until the storage agrees. */
export async function runPurge(context: JobContext<BackupJob>): Promise<void> {
  const { database, held, caller } = context;
  if (!await removeArchive(context)) {
    throw new AppError("storage_unavailable", "The objects of the backup could not be removed yet.");
  }
  await database.call("complete_purge", held, caller);
}
