/** deno task types [--check]: the database's types for the functions, from the stack that runs. */
import { parseArgs } from "node:util";
import { Failure, main } from "./stack/failure.ts";
import { print } from "./stack/print.ts";
import { runningProject } from "./stack/running.ts";
import { databaseTypes, typesAreStale, typesFile } from "./stack/types.ts";

await main(async () => {
  const { values } = parseArgs({ args: Deno.args, options: { check: { type: "boolean", default: false } } });
  const { status } = await runningProject();
  if (!values.check) {
    await Deno.writeTextFile(typesFile, await databaseTypes(status.DB_URL));
    print(`Written: ${typesFile}`);
  } else if (await typesAreStale(status.DB_URL)) {
    throw new Failure("The database's types are stale.", { hint: "Write them anew with: deno task types" });
  } else {
    print("The database's types are up to date.");
  }
});
