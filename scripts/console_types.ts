/** deno task console:types [--check]: the console's types of the API, from its OpenAPI document; or fails when they are stale. */
import openapiTS, { astToString } from "openapi-typescript";
import { documentPath } from "./openapi.ts";
import { print } from "./stack/print.ts";

const file = new URL("../admin/src/api/schema.ts", import.meta.url);

const head = "// Written by `deno task console:types` from docs/api/openapi.json: do not edit.\n\n";

const types = head + astToString(await openapiTS(documentPath, { alphabetize: false }));
if (!Deno.args.includes("--check")) {
  Deno.writeTextFileSync(file, types);
  print("Wrote admin/src/api/schema.ts");
} else if (Deno.readTextFileSync(file) !== types) {
  print("admin/src/api/schema.ts is stale: run `deno task console:types`");
  Deno.exit(1);
}
