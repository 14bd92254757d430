/** deno task openapi [--check]: writes the description of the API, or fails when it is stale. */
import { createBackupsApp } from "../supabase/functions/backups/app.ts";
import { describeApi } from "../supabase/functions/_shared/api_document.ts";
import { readEnv } from "../supabase/functions/_shared/env.ts";
import { createServices } from "../supabase/functions/_shared/services.ts";
import { print } from "./stack/print.ts";

export const documentPath = new URL("../docs/api/openapi.json", import.meta.url);

/** As the function backups serves it. Nothing is connected to: a description needs no database. */
export function apiDocument(): string {
  const env = readEnv({
    SUPABASE_URL: "http://localhost",
    SUPABASE_DB_URL: "postgres://localhost",
    SUPABASE_SECRET_KEY: "none",
  });
  return JSON.stringify(describeApi(createBackupsApp(createServices(env, "openapi"))), null, 2) + "\n";
}

if (import.meta.main) {
  const document = apiDocument();
  if (!Deno.args.includes("--check")) {
    Deno.writeTextFileSync(documentPath, document);
    print("Wrote docs/api/openapi.json");
  } else if (Deno.readTextFileSync(documentPath) !== document) {
    print("docs/api/openapi.json is stale: run `deno task openapi`");
    Deno.exit(1);
  }
}
