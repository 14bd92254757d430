import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { NewNotification } from "../../_shared/notification_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { requestWork } from "../request_work.ts";

const route = createRoute({
  method: "post",
  path: "/backups/notifications/test",
  operationId: "testNotification",
  tags: ["notifications"],
  summary: "Send a notification for a test",
  description:
    "Through every channel that is configured; its `deliveries` in the list say what became of it.",
  responses: {
    202: json(z.object({ notification: NewNotification }), "Queued."),
    ...problems("rate_limited"),
  },
});

export function testNotification(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const notification = await requestWork(
      services,
      context.var,
      { action: "notify_test" },
      () => services.database.call("send_test_notification", {}, context.var.caller),
    );
    return context.json({ notification }, 202);
  });
}
