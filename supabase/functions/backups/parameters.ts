import { z } from "@hono/zod-openapi";
import { flag, platform, text } from "../_shared/fields.ts";
import { BackupKind, BackupStatus } from "../_shared/schemas.ts";

/** What requests may say. Unknown fields are refused: a misspelt one must not be taken for its default. */

export const BackupId = z.object({
  id: z.guid("is not a UUID").openapi({ format: "uuid", param: { name: "id", in: "path" } }),
});

export const GetBackup = z.strictObject({
  link: z.enum(["true", "false"]).optional().transform((given) => given !== "false").openapi({
    description: "Whether a download link is wanted, which is kept in the audit log. By default it is.",
  }),
  ...platform(),
});

export const CreateBackup = z.strictObject({
  tables: z.array(text(200).min(1)).min(1).max(1000).nullish().openapi({
    description: "Tables to back up, by default all of schema public. A bare name means public.",
    example: ["profiles", "events"],
  }),
  notes: text(4000).nullish().openapi({ description: "For people.", example: "before the import" }),
  override_validation: flag("Back up although validation finds errors."),
  override_reason: text(4000).nullish().openapi({ description: "Why; required with an override." }),
}).openapi("CreateBackup");

const Statuses = z.string().transform((list) => list.split(",").map((name) => name.trim()))
  .refine((names) => names.every((name) => BackupStatus.safeParse(name).success), {
    message: `must be some of ${BackupStatus.options.join(", ")}, separated by commas`,
  })
  .openapi({
    type: "string",
    description: "One or several, separated by commas.",
    example: "failed,blocked",
  });

export const ListBackups = z.strictObject({
  status: Statuses.optional(),
  kind: BackupKind.optional(),
  search: text(200).optional().openapi({ description: "Part of the notes, the file name or the id." }),
  sort: z.enum(["created_at", "file_size", "row_count", "duration_ms"]).optional().openapi({
    description: "Those without a value come last. A sorted list has no cursors: use `page`.",
  }),
  order: z.enum(["asc", "desc"]).optional().openapi({ description: "By default desc." }),
  ...paging(),
  ...platform(),
}).superRefine((query, context) => {
  onePlaceOnly(query, context);
  if (query.cursor && (query.sort || query.order)) {
    refuse(context, "cursor", "cannot be used together with sort or order");
  }
});

export const UpdateBackup = z.strictObject({
  is_pinned: flag("Neither retention nor a person deletes it while it is pinned."),
  notes: text(4000).nullish().openapi({ description: "For people; empty to remove them." }),
}).openapi("UpdateBackup");

/** Where a page of a list begins. */
export function paging() {
  return {
    ...cursorPaging(),
    page: z.coerce.number().int().min(1).max(1_000_000).optional().openapi({
      description: "Number of the page, from 1.",
    }),
  };
}

/** The same, of lists that are only ever read from the top. */
export function cursorPaging(limit = 20) {
  return {
    limit: z.coerce.number().int().min(1).max(100).default(limit),
    cursor: z.string().min(1).max(100).optional().openapi({
      description: "`next_cursor` of the page before: steady while new ones come in.",
    }),
  };
}

export function onePlaceOnly(
  { page, cursor }: { page?: number; cursor?: string },
  context: z.core.$RefinementCtx,
): void {
  if (page && cursor) refuse(context, "cursor", "cannot be used together with page");
}

export function refuse(context: z.core.$RefinementCtx, field: string, message: string): void {
  context.addIssue({ code: "custom", path: [field], message });
}
