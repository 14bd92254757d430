import { createRoute, z } from "@hono/zod-openapi";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Restore } from "../../_shared/restore_schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { requestWork } from "../request_work.ts";
import { RestoreId } from "../restore_parameters.ts";

const route = createRoute({
  method: "delete",
  path: "/backups/restores/{id}",
  operationId: "discardRestore",
  tags: ["restores"],
  summary: "Give a preview up",
  description: "Stops its staging, or removes what was staged. The restore stays listed, as discarded.",
  request: { params: RestoreId },
  responses: {
    202: json(z.object({ restore: Restore }), "Discarded."),
    ...problems("restore_not_found", "restore_not_ready", "invalid_id"),
  },
});

export function discardRestore(app: App, services: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid("param");
    const restore = await requestWork(
      services,
      context.var,
      { action: "discard", target: id },
      () => services.database.call("discard_restore", { restore_id: id }, context.var.caller),
    );
    return context.json({ restore }, 202);
  });
}
