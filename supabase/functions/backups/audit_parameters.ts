import { z } from "@hono/zod-openapi";
import { AuditOutcome } from "../_shared/audit_schemas.ts";
import { platform, text } from "../_shared/fields.ts";
import { cursorPaging } from "./parameters.ts";

/** What requests about the audit log may say; strict, as parameters.ts is. */

export const ListAudit = z.strictObject({
  action: text(100).min(1).optional(),
  actor_id: z.guid("is not a UUID").optional().openapi({ format: "uuid", description: "Who did it." }),
  target: text(200).min(1).optional().openapi({ description: "Id of what it was done to." }),
  outcome: AuditOutcome.optional(),
  ...cursorPaging(),
  ...platform(),
});
