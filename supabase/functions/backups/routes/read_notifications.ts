import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { UnreadCount } from "../../_shared/notification_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { ReadNotifications } from "../notification_parameters.ts";

const route = createRoute({
  method: "post",
  path: "/backups/notifications/read",
  operationId: "readNotifications",
  tags: ["notifications"],
  summary: "Mark notifications as read",
  description: "For the caller only: others still find them unread.",
  request: { body: { content: { "application/json": { schema: ReadNotifications } } } },
  responses: {
    200: json(UnreadCount, "How many are left."),
    ...problems("invalid_json", "payload_too_large", "invalid_request"),
  },
});

export function readNotifications(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { ids } = context.req.valid("json");
    await admit(database, caller, { action: "read" });
    return context.json(await database.call("mark_notifications_read", { ids }, caller), 200);
  });
}
