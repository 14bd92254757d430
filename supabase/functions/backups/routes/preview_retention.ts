import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { RetentionPreview } from "../../_shared/retention_schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { PreviewRetention } from "../retention_parameters.ts";

const route = createRoute({
  method: "get",
  path: "/backups/retention/preview",
  operationId: "previewRetention",
  tags: ["schedules"],
  summary: "What would be removed now, and why what stays does",
  description: "By the rules as they are, or as they would be with what is named. Nothing is changed.",
  request: { query: PreviewRetention },
  responses: {
    200: json(RetentionPreview, "Backup by backup."),
    ...problems("invalid_request", "invalid_argument"),
  },
});

export function previewRetention(app: App, { database }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    const { forceFunctionRegion: _region, ...rules } = context.req.valid("query");
    await admit(database, caller, { action: "read" });
    return context.json(await database.call("preview_retention", { rules }, caller), 200);
  });
}
