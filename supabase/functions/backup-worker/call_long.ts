import { type FunctionAnswer, type FunctionArgs, invoke, setContext } from "../_shared/database.ts";
import { ProgressReport } from "./progress.ts";
import { openSession } from "./session.ts";
import type { JobContext } from "./worker.ts";

/** Calls a function that may take as long as it needs, and stores the progress that it tells meanwhile. */
export async function callLong<
  Name extends
    | "begin_staging"
    | "compare_restore"
    | "apply_restore"
    | "conclude_restore"
    | "begin_drill"
    | "complete_drill",
>(context: JobContext, name: Name): Promise<FunctionAnswer<Name>> {
  const { env, held, caller, signal } = context;
  const progress = new ProgressReport(context);
  const session = await openSession({
    databaseUrl: env.databaseUrl,
    purpose: name.replaceAll("_", " "),
    statements: ["set client_min_messages = notice"],
    signal,
    driver: { onnotice: (notice) => progress.hear(notice) },
  });
  try {
    await session.run((sql) => setContext(sql, { caller, projectUrl: env.publicUrl }));
    const [{ answer }] = await session.run((sql) => invoke(sql, name, held as FunctionArgs<Name>));
    return answer as FunctionAnswer<Name>;
  } finally {
    await progress.stop();
    await session.close();
  }
}
