import { createRoute, z } from "@hono/zod-openapi";
import { admit, audited } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { json, problems } from "../../_shared/responses.ts";
import { Parts } from "../../_shared/schemas.ts";
import type { Services } from "../../_shared/services.ts";
import { BackupId } from "../parameters.ts";

const SignedParts = Parts.extend({
  parts: z.array(Parts.shape.parts.element.extend({
    url: z.url().openapi({
      description: "Fetches the encrypted part, for a short time, without a credential.",
    }),
  })),
}).openapi("SignedParts");

const route = createRoute({
  method: "get",
  path: "/backups/{id}/parts",
  operationId: "listParts",
  tags: ["backups"],
  summary: "The manifest and short-lived addresses of the encrypted parts",
  description: "Joined in order after `age --decrypt`, the parts are one gzip stream of a script for psql.",
  request: { params: BackupId },
  responses: {
    200: json(SignedParts, "In order."),
    ...problems("backup_not_found", "not_completed", "invalid_id", "storage_unavailable", "storage_refused"),
  },
});

export function listParts(app: App, { database, bucket }: Services): void {
  app.openapi(route, async (context) => {
    const { caller, log } = context.var;
    const { id } = context.req.valid("param");
    const action = { action: "parts", target: id } as const;
    await admit(database, caller, action);
    const answer = await audited({ database, log }, caller, action, async () => {
      const { manifest, parts } = await database.call("get_parts", { backup_id: id }, caller);
      const seconds = Number(await database.call("setting", { key: "part_url_seconds" }, caller));
      const urls = await bucket.signedUrls(parts.map((part) => part.path), seconds);
      return { manifest, parts: parts.map((part, index) => ({ ...part, url: urls[index] })) };
    });
    return context.json(answer, 200);
  });
}
