import { type App, createApp } from "../_shared/app.ts";
import type { Services } from "../_shared/services.ts";
import { addRule } from "./routes/add_rule.ts";
import { changeRule } from "./routes/change_rule.ts";
import { deleteRule } from "./routes/delete_rule.ts";
import { lastValidation } from "./routes/last_validation.ts";
import { listRules } from "./routes/list_rules.ts";
import { validateTables } from "./routes/validate_tables.ts";

export function createValidateApp(services: Services): App {
  const app = createApp(services);
  validateTables(app, services);
  lastValidation(app, services);
  listRules(app, services);
  addRule(app, services);
  changeRule(app, services);
  deleteRule(app, services);
  return app;
}
