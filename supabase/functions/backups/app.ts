import { describeApi } from "../_shared/api_document.ts";
import { type App, createApp } from "../_shared/app.ts";
import type { Services } from "../_shared/services.ts";
import { cancelBackup } from "./routes/cancel_backup.ts";
import { createBackup } from "./routes/create_backup.ts";
import { deleteBackup } from "./routes/delete_backup.ts";
import { discardRestore } from "./routes/discard_restore.ts";
import { downloadBackup, isLink } from "./routes/download_backup.ts";
import { getBackup } from "./routes/get_backup.ts";
import { getHealth } from "./routes/get_health.ts";
import { getJob } from "./routes/get_job.ts";
import { getKeys } from "./routes/get_keys.ts";
import { getMe } from "./routes/get_me.ts";
import { getMetrics } from "./routes/get_metrics.ts";
import { getRestore } from "./routes/get_restore.ts";
import { getRetention } from "./routes/get_retention.ts";
import { getSchedules } from "./routes/get_schedules.ts";
import { listAudit } from "./routes/list_audit.ts";
import { listBackups } from "./routes/list_backups.ts";
import { listJobs } from "./routes/list_jobs.ts";
import { listNotifications } from "./routes/list_notifications.ts";
import { listParts } from "./routes/list_parts.ts";
import { listRestoreRows } from "./routes/list_restore_rows.ts";
import { listRestores } from "./routes/list_restores.ts";
import { listTables } from "./routes/list_tables.ts";
import { previewRestore } from "./routes/preview_restore.ts";
import { previewRetention } from "./routes/preview_retention.ts";
import { readNotifications } from "./routes/read_notifications.ts";
import { rescanBucket } from "./routes/rescan_bucket.ts";
import { restoreTables } from "./routes/restore_tables.ts";
import { setRetention } from "./routes/set_retention.ts";
import { setSchedules } from "./routes/set_schedules.ts";
import { startRestore } from "./routes/start_restore.ts";
import { testNotification } from "./routes/test_notification.ts";
import { undoRestore } from "./routes/undo_restore.ts";
import { updateBackup } from "./routes/update_backup.ts";
import { verifyBackup } from "./routes/verify_backup.ts";

export function createBackupsApp(services: Services): App {
  const app = createApp(services, { isPublic: (request) => isDocument(request) || isLink(request) });

  let document: ReturnType<typeof describeApi> | undefined;
  app.get("/backups/openapi.json", (context) => context.json(document ??= describeApi(app)));
  createBackup(app, services);
  listBackups(app, services);
  listRestores(app, services);
  getRestore(app, services);
  listRestoreRows(app, services);
  undoRestore(app, services);
  discardRestore(app, services);
  rescanBucket(app, services);
  listJobs(app, services);
  getJob(app, services);
  getSchedules(app, services);
  setSchedules(app, services);
  previewRetention(app, services);
  getRetention(app, services);
  setRetention(app, services);
  listNotifications(app, services);
  readNotifications(app, services);
  testNotification(app, services);
  listAudit(app, services);
  getHealth(app, services);
  getMetrics(app, services);
  listTables(app, services);
  getKeys(app, services);
  getMe(app, services);
  // Behind those whose addresses /backups/{id} would take for an id.
  getBackup(app, services);
  updateBackup(app, services);
  deleteBackup(app, services);
  downloadBackup(app, services);
  listParts(app, services);
  cancelBackup(app, services);
  verifyBackup(app, services);
  previewRestore(app, services);
  startRestore(app, services);
  restoreTables(app, services);
  return app;
}

/** It describes the API and holds no data. */
function isDocument(request: Request): boolean {
  return new URL(request.url).pathname === "/backups/openapi.json";
}
