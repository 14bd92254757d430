import { errorFields } from "../_shared/logger.ts";
import type { JobContext } from "./worker.ts";

/**
 * Removes every object of a backup, the manifest first: an archive without one
 * does not exist. False, and logged, when the storage would not.
 */
export async function removeArchive({ bucket, job, log }: JobContext): Promise<boolean> {
  try {
    const paths = (await bucket.list(job.backup_id)).map((object) => object.path);
    const manifest = `${job.backup_id}/manifest.json`;
    if (paths.includes(manifest)) await bucket.remove([manifest]);
    await bucket.remove(paths.filter((path) => path !== manifest));
    return true;
  } catch (error) {
    log.warn("objects could not be removed", errorFields(error));
    return false;
  }
}
