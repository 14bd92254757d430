import { createRoute } from "@hono/zod-openapi";
import { admit } from "../../_shared/admission.ts";
import type { App } from "../../_shared/app.ts";
import { Keys } from "../../_shared/key_schemas.ts";
import { json, problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { canOpen, configuredKeys } from "../keys.ts";

const route = createRoute({
  method: "get",
  path: "/backups/keys",
  operationId: "getKeys",
  tags: ["backups"],
  summary: "The public keys, and whether backups can be read here",
  responses: {
    200: json(Keys, "Public keys only."),
    ...problems("recipients_invalid", "identity_invalid"),
  },
});

export function getKeys(app: App, { database, bucket, env }: Services): void {
  app.openapi(route, async (context) => {
    const { caller } = context.var;
    await admit(database, caller, { action: "read" });
    const keys = await configuredKeys(env);
    const archive = await database.call("newest_archive", {}, caller);
    const last_backup_readable = archive && await canOpen(archive.path, { bucket, env });
    return context.json({ ...keys, last_backup_readable }, 200);
  });
}
