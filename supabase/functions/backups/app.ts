import { describeApi } from "../_shared/api_document.ts";
import { type App, createApp } from "../_shared/app.ts";
import type { Services } from "../_shared/services.ts";
import { createBackup } from "./routes/create_backup.ts";
import { deleteBackup } from "./routes/delete_backup.ts";
import { discardRestore } from "./routes/discard_restore.ts";
import { downloadBackup, isLink } from "./routes/download_backup.ts";
import { getBackup } from "./routes/get_backup.ts";
import { getRestore } from "./routes/get_restore.ts";
import { listBackups } from "./routes/list_backups.ts";
import { listParts } from "./routes/list_parts.ts";
import { listRestores } from "./routes/list_restores.ts";
import { previewRestore } from "./routes/preview_restore.ts";
import { restoreTables } from "./routes/restore_tables.ts";
import { startRestore } from "./routes/start_restore.ts";
import { undoRestore } from "./routes/undo_restore.ts";

export function createBackupsApp(services: Services): App {
  const app = createApp(services, { isPublic: (request) => isDocument(request) || isLink(request) });

  let document: ReturnType<typeof describeApi> | undefined;
  app.get("/backups/openapi.json", (context) => context.json(document ??= describeApi(app)));
  createBackup(app, services);
  listBackups(app, services);
  listRestores(app, services);
  getRestore(app, services);
  undoRestore(app, services);
  discardRestore(app, services);
  // Behind those whose addresses /backups/{id} would take for an id.
  getBackup(app, services);
  deleteBackup(app, services);
  downloadBackup(app, services);
  listParts(app, services);
  previewRestore(app, services);
  startRestore(app, services);
  restoreTables(app, services);
  return app;
}

/** It describes the API and holds no data. */
function isDocument(request: Request): boolean {
  return new URL(request.url).pathname === "/backups/openapi.json";
}
