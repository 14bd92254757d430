import type { Caller } from "./caller.ts";
import type { Database } from "./database.ts";
import { AppError, toAppError } from "./errors.ts";
import { errorFields, type Logger } from "./logger.ts";

/** What somebody wants to do, in the words of the audit log and the rate limits. */
export interface Action {
  action:
    | "list"
    | "read"
    | "create"
    | "delete"
    | "download"
    | "link"
    | "parts"
    | "validate"
    | "preview"
    | "restore"
    | "undo"
    | "discard"
    | "cancel"
    | "update"
    | "verify"
    | "rescan"
    | "schedule"
    | "notify_test"
    | "set_rule"
    | "delete_rule";
  /** Id of the backup, restore, job or rule that is there already. */
  target?: string;
}

/** May they? Asked in a transaction of its own, so that a refusal stays in the audit log. */
export async function admit(database: Database, caller: Caller, { action, target }: Action): Promise<void> {
  const { decision, retry_after } = await database.call("admit", { action, target }, caller);
  if (decision === "forbidden") {
    throw new AppError("forbidden", "Only administrators may use backups.", {
      hint: "Sign in as a person with the role admin or super_admin, or use a secret API key.",
    });
  }
  if (decision === "rate_limited") {
    throw new AppError("rate_limited", `Too many calls of this kind (${action}).`, {
      hint: `Try again in ${retry_after} seconds.`,
      members: { retry_after },
    });
  }
}

/**
 * Does it. When it fails, SQL's own entry in the audit log was rolled back with
 * the rest: so the failure is written down here, for whatever was attempted.
 */
export async function audited<T>(
  services: { database: Database; log: Logger },
  caller: Caller,
  { action, target }: Action,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = toAppError(thrown);
    const entry = { action, outcome: outcomeOf(error), target, details: { code: error.code } };
    await services.database.call("audit", entry, caller)
      .catch((failure) => services.log.error("audit failed", { action, ...errorFields(failure) }));
    throw error;
  }
}

function outcomeOf({ code }: AppError): string {
  if (code === "forbidden") return "denied";
  return code === "rate_limited" ? "rate_limited" : "failed";
}
