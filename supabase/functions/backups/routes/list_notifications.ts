import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { NotificationList } from "../../_shared/notification_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { ListNotifications } from "../notification_parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups/notifications",
  operationId: "listNotifications",
  tags: ["notifications"],
  summary: "List notifications, newest first",
  request: { query: ListNotifications },
  responses: { 200: json(NotificationList, "One page."), ...problems("invalid_request", "invalid_argument") },
});

export function listNotifications(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { unread, limit, cursor } = context.req.valid("query");
    await admit(database, caller, { action: "list" });
    const page = { unread_only: unread, page_limit: limit, cursor };
    return context.json(await database.call("list_notifications", page, caller), 200);
  });
}
