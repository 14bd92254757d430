import { z } from "@hono/zod-openapi";
import { moment } from "./schemas.ts";

/** What SQL answers about the audit log; it describes, as schemas.ts does. */

export const AuditOutcome = z.enum(["succeeded", "failed", "denied", "rate_limited"]).openapi("AuditOutcome");

export const AuditEntry = z.object({
  id: z.int(),
  occurred_at: moment,
  actor_id: z.uuid().nullable(),
  actor_kind: z.enum(["person", "service", "system", "nobody"]).openapi({
    description: "service: a secret key, or the worker. system: pg_cron, or SQL by hand.",
  }),
  actor_name: z.string().nullable().openapi({ description: "E-mail or name of the key, as it was then." }),
  profiles: z.object({ first_name: z.string().nullable(), last_name: z.string().nullable() }).nullable()
    .openapi({ description: "Who did it, by the name of today." }),
  action: z.string().openapi({ example: "create" }),
  target: z.string().nullable().openapi({ description: "Id of what it was done to." }),
  target_label: z.string().nullable().openapi({
    description: "What a person calls it, where it has a name.",
  }),
  outcome: AuditOutcome,
  client_ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  request_id: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
}).openapi("AuditEntry");

export const AuditList = z.object({
  entries: z.array(AuditEntry),
  next_cursor: z.string().nullable(),
}).openapi("AuditList");
