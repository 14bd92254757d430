import type { DueNotification } from "../../_shared/answers.ts";
import type { Env } from "../../_shared/env.ts";

const words = { info: "Info", warning: "Warning", error: "Error" } as const;

/** What a person should see at a glance: how bad, what, and where. */
export function oneLine(env: Env, { severity, message }: DueNotification): string {
  return `${words[severity]}: ${message} (${projectHost(env)})`.replace(/\s+/g, " ");
}

/** Tells projects apart that report to the same place. */
export function projectHost({ publicUrl }: Env): string {
  return new URL(publicUrl).host;
}
