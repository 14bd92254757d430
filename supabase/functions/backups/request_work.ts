import { type Action, admit, audited } from "../_shared/admission.ts";
import type { AppEnv } from "../_shared/app.ts";
import type { Services } from "../_shared/services.ts";

/** What every request for work has in common: it is let in, done or audited as failed, and the worker hears of it. */
export async function requestWork<T>(
  { database, wake }: Services,
  { caller, log, requestId }: AppEnv["Variables"],
  action: Action,
  work: () => Promise<T>,
): Promise<T> {
  await admit(database, caller, action);
  const answer = await audited({ database, log }, caller, action, work);
  wake(requestId);
  return answer;
}
