import type { BackupJob } from "../_shared/answers.ts";
import { errorFields } from "../_shared/logger.ts";
import type { JobContext } from "./worker.ts";

/**
 * Removes every object of a backup, the manifest first: an archive without one
 * does not exist. False, and logged, when the storage would not, or said that it
 * did and has them still.
 */
export async function removeArchive({ bucket, job, log }: JobContext<BackupJob>): Promise<boolean> {
  try {
    const paths = (await bucket.list(job.backup_id)).map((object) => object.path);
    const manifest = `${job.backup_id}/manifest.json`;
    if (paths.includes(manifest)) await bucket.remove([manifest]);
    await bucket.remove(paths.filter((path) => path !== manifest));
    const left = paths.length > 0 ? (await bucket.list(job.backup_id)).length : 0;
    if (left > 0) log.warn("objects are still there after their removal", { objects: left });
    return left === 0;
  } catch (error) {
    log.warn("objects could not be removed", errorFields(error));
    return false;
  }
}
