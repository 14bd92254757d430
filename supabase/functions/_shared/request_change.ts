import { type Action, admit, audited } from "./admission.ts";
import type { AppEnv } from "./app.ts";
import type { Services } from "./services.ts";

/** What every change has in common: it is let in, and done or audited as failed. */
export async function requestChange<T>(
  { database }: Services,
  { caller, log }: AppEnv["Variables"],
  action: Action,
  work: () => Promise<T>,
): Promise<T> {
  await admit(database, caller, action);
  return await audited({ database, log }, caller, action, work);
}
