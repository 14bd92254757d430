import { type Action, admit, audited } from "../_shared/admission.ts";
import type { AppEnv } from "../_shared/app.ts";
import type { Services } from "../_shared/services.ts";

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

/** And every request for work: the worker hears of it. */
export async function requestWork<T>(
  services: Services,
  variables: AppEnv["Variables"],
  action: Action,
  work: () => Promise<T>,
): Promise<T> {
  const answer = await requestChange(services, variables, action, work);
  services.wake(variables.requestId);
  return answer;
}
