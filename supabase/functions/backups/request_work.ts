import type { Action } from "../_shared/admission.ts";
import type { AppEnv } from "../_shared/app.ts";
import { requestChange } from "../_shared/request_change.ts";
import type { Services } from "../_shared/services.ts";

/** A change that is work for the worker: it hears of it. */
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
