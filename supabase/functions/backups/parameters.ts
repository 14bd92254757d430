import { z } from "@hono/zod-openapi";
import { BackupKind, BackupStatus } from "../_shared/schemas.ts";

/** What requests may say. Unknown fields are refused: a misspelt one must not be taken for its default. */

export const BackupId = z.object({
  id: z.guid("is not a UUID").openapi({ format: "uuid", param: { name: "id", in: "path" } }),
});

export const CreateBackup = z.strictObject({
  tables: z.array(text(200).min(1)).min(1).max(1000).nullish().openapi({
    description: "Tables to back up, by default all of schema public. A bare name means public.",
    example: ["profiles", "events"],
  }),
  notes: text(4000).nullish().openapi({ description: "For people.", example: "before the import" }),
  override_validation: z.boolean().nullish().openapi({
    description: "Back up although validation finds errors.",
  }),
  override_reason: text(4000).nullish().openapi({ description: "Why; required with an override." }),
}).openapi("CreateBackup");

export const ListBackups = z.strictObject({
  status: BackupStatus.optional(),
  kind: BackupKind.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  page: z.coerce.number().int().min(1).max(1_000_000).optional().openapi({
    description: "Number of the page, from 1.",
  }),
  cursor: z.string().min(1).max(100).optional().openapi({
    description: "`next_cursor` of the page before: steady while new backups come in.",
  }),
  ...platform(),
}).refine((query) => !(query.page && query.cursor), {
  path: ["cursor"],
  message: "cannot be used together with page",
});

/** Postgres has no place for NUL in a text. */
function text(maxLength: number) {
  return z.string().max(maxLength).refine((value) => !value.includes("\0"), "must not hold a NUL character");
}

/** Added by supabase.functions.invoke() when it is given a region. */
function platform() {
  return {
    forceFunctionRegion: z.string().optional().openapi({
      param: { name: "forceFunctionRegion", in: "query" },
    }),
  };
}
