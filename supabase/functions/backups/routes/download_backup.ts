import { createRoute, z } from "@hono/zod-openapi";
import { create as contentDisposition } from "content-disposition";
import { admit, audited } from "../../_shared/admission.ts";
import { requireDecrypt } from "../../_shared/age.ts";
import type { App } from "../../_shared/app.ts";
import type { Caller } from "../../_shared/caller.ts";
import { AppError } from "../../_shared/errors.ts";
import { errorFields, type Logger } from "../../_shared/logger.ts";
import { problems } from "../../_shared/responses.ts";
import type { Services } from "../../_shared/services.ts";
import { readArchive } from "../archive.ts";
import { BackupId } from "../parameters.ts";

/** Or none: a link brings its token. */
const credentials: Record<string, string[]>[] = [{ person: [] }, { secretKey: [] }, {}];

const route = createRoute({
  method: "get",
  path: "/backups/{id}/download",
  operationId: "downloadBackup",
  tags: ["backups"],
  summary: "The decrypted archive, as a .sql.gz",
  description:
    "`gunzip | psql -v ON_ERROR_STOP=1 -1` loads it into empty tables. Every part is checked before it is " +
    "sent; should one be damaged on the way, the connection breaks instead of ending early.",
  security: credentials,
  request: {
    params: BackupId,
    query: z.strictObject({
      token: z.string().min(1).max(200).optional().openapi({
        description: "Of a `downloadUrl`: works once, for a short time, instead of a credential.",
      }),
      forceFunctionRegion: z.string().optional(),
    }),
  },
  responses: {
    200: {
      description: "The archive.",
      content: { "application/gzip": { schema: z.string().openapi({ format: "binary" }) } },
    },
    ...problems(
      "backup_not_found",
      "not_completed",
      "identity_missing",
      "identity_mismatch",
      "link_invalid",
      "invalid_id",
      "rate_limited",
      "part_missing",
      "part_corrupt",
      "storage_unavailable",
    ),
  },
});

/** A link stands for a credential; whether it is a good one is decided in SQL. */
export function isLink(request: Request): boolean {
  const { pathname, searchParams } = new URL(request.url);
  return ["GET", "HEAD"].includes(request.method) && /^\/backups\/[^/]+\/download$/.test(pathname) &&
    searchParams.has("token");
}

export function downloadBackup(app: App, services: Services): void {
  const { database, bucket, env } = services;

  app.openapi(route, async (context) => {
    const { caller, log } = context.var;
    const { id } = context.req.valid("param");
    const { token } = context.req.valid("query");
    if (context.req.method === "HEAD") {
      return new Response(null, {
        headers: await describeOnly(services, caller, context.req.raw, id, token),
      });
    }

    const action = { action: "download", target: id } as const;
    const open = async () => {
      // First, so that a link is not used up for nothing.
      const decrypt = requireDecrypt(env.ageIdentities);
      const archive = token === undefined
        ? await database.call("open_download", { backup_id: id }, caller)
        : await database.call("use_download_link", { backup_id: id, token }, caller);
      return { decrypt, archive };
    };
    if (token === undefined) await admit(database, caller, action);
    // A link that is refused is only logged: who has no credential must not be able to fill the audit log.
    const { decrypt, archive } =
      await (token === undefined ? audited({ database, log }, caller, action, open) : open());

    return await audited({ database, log }, caller, action, async () => {
      const onFailure = recordFailure(services, log, caller, id);
      const body = await readArchive(archive, { bucket, decrypt, onFailure });
      return context.body(body, 200, headers(context.req.raw, archive.filename, archive.size));
    });
  });
}

/** HEAD: what a download would be, without opening one; a link would be used up. */
async function describeOnly(
  { database, env }: Services,
  caller: Caller,
  request: Request,
  id: string,
  token: string | undefined,
) {
  if (token !== undefined) {
    throw new AppError("method_not_allowed", "A download link is for GET, once.", {
      members: { allow: ["GET"] },
    });
  }
  await admit(database, caller, { action: "read", target: id });
  const backup = await database.call("get_backup", { backup_id: id }, caller);
  if (backup.status !== "completed") {
    throw new AppError("not_completed", `This backup is ${backup.status}: there is no archive.`);
  }
  requireDecrypt(env.ageIdentities);
  return headers(request, backup.filename ?? id, backup.clear_size ?? 0);
}

/** The answer has begun, so the log and the audit log are all that can tell. */
function recordFailure({ database }: Services, log: Logger, caller: Caller, id: string) {
  return (failure: unknown) => {
    log.error("download broke off", { backup_id: id, ...errorFields(failure) });
    const again = () => Promise.reject(failure);
    audited({ database, log }, caller, { action: "download", target: id }, again).catch(() => {});
  };
}

function headers(request: Request, filename: string, size: number) {
  // supabase.functions.invoke() makes a text of application/gzip, and a Blob of this.
  const isBlobWanted = request.headers.get("accept")?.startsWith("application/octet-stream");
  return {
    "content-type": isBlobWanted ? "application/octet-stream" : "application/gzip",
    "content-length": String(size),
    "content-disposition": contentDisposition(filename),
    // Row data in clear: nothing on the way may keep it.
    "cache-control": "no-store",
    "accept-ranges": "none",
    "x-content-type-options": "nosniff",
  };
}
