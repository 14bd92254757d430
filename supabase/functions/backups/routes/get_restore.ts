import { createRoute, z } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Restore } from "../../_shared/restore_schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { RestoreId } from "../restore_parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups/restores/{id}",
  operationId: "getRestore",
  tags: ["restores"],
  summary: "One restore, with its progress, preview and result",
  request: { params: RestoreId },
  responses: {
    200: json(z.object({ restore: Restore }), "The restore."),
    ...problems("restore_not_found", "invalid_id"),
  },
});

export function getRestore(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { id } = context.req.valid("param");
    await admit(database, caller, { action: "read", target: id });
    const restore = await database.call("get_restore", { restore_id: id }, caller);
    return context.json({ restore }, 200);
  });
}
