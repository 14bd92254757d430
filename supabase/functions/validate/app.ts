import { type App, createApp } from "../_shared/app.ts";
import type { Services } from "../_shared/services.ts";
import { validateTables } from "./routes/validate_tables.ts";

export function createValidateApp(services: Services): App {
  const app = createApp(services);
  validateTables(app, services);
  return app;
}
