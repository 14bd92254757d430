/** deno task db:lint, deno task advisors: what the Supabase CLI says of the database that runs. */
import { lintDatabase, runAdvisors } from "./stack/advice.ts";
import { Failure, main } from "./stack/failure.ts";
import { print } from "./stack/print.ts";
import { runningProject } from "./stack/running.ts";

await main(async () => {
  const advise = { lint: lintDatabase, advisors: runAdvisors }[Deno.args[0]];
  if (!advise) throw new Failure("Usage: advise.ts lint|advisors");
  const { status } = await runningProject();
  const { ok, text } = await advise(status.DB_URL);
  print(text);
  return ok ? 0 : 1;
});
