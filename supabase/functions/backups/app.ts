import { describeApi } from "../_shared/api_document.ts";
import { type App, createApp } from "../_shared/app.ts";
import type { Services } from "../_shared/services.ts";
import { createBackup } from "./routes/create_backup.ts";
import { deleteBackup } from "./routes/delete_backup.ts";
import { downloadBackup, isLink } from "./routes/download_backup.ts";
import { getBackup } from "./routes/get_backup.ts";
import { listBackups } from "./routes/list_backups.ts";
import { listParts } from "./routes/list_parts.ts";

export function createBackupsApp(services: Services): App {
  const app = createApp(services, { isPublic: (request) => isDocument(request) || isLink(request) });

  // Before /backups/{id}, which would take it for an id.
  let document: ReturnType<typeof describeApi> | undefined;
  app.get("/backups/openapi.json", (context) => context.json(document ??= describeApi(app)));
  createBackup(app, services);
  listBackups(app, services);
  getBackup(app, services);
  deleteBackup(app, services);
  downloadBackup(app, services);
  listParts(app, services);
  return app;
}

/** It describes the API and holds no data. */
function isDocument(request: Request): boolean {
  return new URL(request.url).pathname === "/backups/openapi.json";
}
