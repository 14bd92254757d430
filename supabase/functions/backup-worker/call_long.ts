import { invoke, setContext } from "../_shared/database.ts";
import { ProgressReport } from "./progress.ts";
import { openSession } from "./session.ts";
import type { JobContext } from "./worker.ts";

/** Calls a function that may take as long as it needs, and stores the progress that it tells meanwhile. */
export async function callLong(
  context: JobContext,
  name: "compare_restore" | "apply_restore",
): Promise<void> {
  const { env, held, caller, signal } = context;
  const progress = new ProgressReport(context);
  const session = await openSession({
    databaseUrl: env.databaseUrl,
    purpose: name.replace("_", " "),
    statements: ["set client_min_messages = notice"],
    signal,
    driver: { onnotice: (notice) => progress.hear(notice) },
  });
  try {
    await setContext(session.sql, caller, "session");
    await invoke(session.sql, name, held);
  } finally {
    await progress.stop();
    await session.close();
  }
}
