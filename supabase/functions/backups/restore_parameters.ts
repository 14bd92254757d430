import { z } from "@hono/zod-openapi";
import { RestoreStatus } from "../_shared/restore_schemas.ts";
import { flag, platform, text } from "../_shared/fields.ts";
import { cursorPaging, onePlaceOnly, paging, refuse } from "./parameters.ts";

/** What requests about restores may say; strict, as parameters.ts is. */

const maxRows = 1000;

export const RestoreId = z.object({
  id: z.guid("is not a UUID").openapi({ format: "uuid", param: { name: "id", in: "path" } }),
});

const tables = z.array(text(200).min(1)).min(1).max(1000).nullish().openapi({
  description: "Tables to restore, by default all of the backup. A bare name means public.",
  example: ["profiles"],
});

const number = z.number().refine(
  (value) => !Number.isInteger(value) || Number.isSafeInteger(value),
  "is not exact as a number of JSON: send it as a text",
);

const Scalar = z.union([text(2000), number, z.boolean()]);

const Key = z.union([
  Scalar,
  z.array(Scalar).min(1).max(32),
  z.record(text(200), Scalar).refine((key) => Object.keys(key).length > 0, "must name a column"),
]);

const rows = z.record(text(200).min(1), z.array(Key).min(1))
  .refine(
    (chosen) => {
      const counts = Object.values(chosen).map((keys) => keys.length);
      return counts.length > 0 && counts.reduce((sum, each) => sum + each, 0) <= maxRows;
    },
    `must name 1 to ${maxRows} rows`,
  )
  .nullish()
  .openapi({
    description:
      "Rows to restore, by table and key. The key of several columns is an array in their order, " +
      `or an object by name. At most ${maxRows}; rows outside the choice are never deleted.`,
    example: { "public.profiles": ["9f8a6f52-6a0e-4d1f-8a43-0d6a3a0a7a55"] },
  });

const choice = {
  mode: z.enum(["replace", "merge", "undelete"]).nullish().transform((given) => given ?? undefined).openapi({
    description:
      "replace (the default): becomes what it was. merge: deletes nothing. undelete: only inserts.",
  }),
  tables,
  rows,
  with_children: flag("Of chosen rows also all that refers to them, as it was in the backup."),
};

const consents = {
  accept_privilege_changes: flag("Although somebody becomes an administrator or stops being one."),
  accept_cascade: flag("Although rows of tables that were not chosen lose their parent."),
  accept_foreign_source: flag("Although the backup is of another project."),
  skip_orphans: flag("Leave out rows whose parent is gone, and what depends on them."),
};

interface Choice {
  tables?: unknown;
  rows?: unknown;
  with_children?: boolean;
}

function checkChoice({ tables, rows, with_children }: Choice, context: z.core.$RefinementCtx): void {
  if (rows && tables) refuse(context, "rows", "cannot be used together with tables");
  if (with_children && !rows) refuse(context, "with_children", "is about chosen rows: it needs rows");
}

export const PreviewRestore = z.strictObject({ ...choice, ...consents })
  .superRefine(checkChoice)
  .openapi("PreviewRestore");

export const StartRestore = z.strictObject({
  restore_id: z.guid("is not a UUID").nullish().openapi({
    format: "uuid",
    description: "The restore whose preview is to be applied.",
  }),
  skip_preview: flag("Restore at once, in place of a restore_id; everything else is then as in a preview."),
  ...choice,
  ...consents,
}).superRefine((body, context) => {
  if (!body.restore_id) {
    if (!body.skip_preview) refuse(context, "restore_id", "is required (or skip_preview: true)");
    return checkChoice(body, context);
  }
  if (body.skip_preview) refuse(context, "skip_preview", "cannot be used together with restore_id");
  for (const field of ["mode", "tables", "rows", "with_children"] as const) {
    if (body[field]) refuse(context, field, "was decided with the preview");
  }
}).openapi("StartRestore");

export const RestoreTables = z.strictObject({ tables }).openapi("RestoreTables");

export const UndoRestore = z.strictObject({
  accept_privilege_changes: consents.accept_privilege_changes,
  accept_cascade: consents.accept_cascade,
  skip_orphans: consents.skip_orphans,
}).openapi("UndoRestore");

export const ListRestores = z.strictObject({
  status: RestoreStatus.optional(),
  backup_id: z.guid("is not a UUID").optional().openapi({ format: "uuid" }),
  ...paging(),
  ...platform(),
}).superRefine(onePlaceOnly);

export const ListRestoreRows = z.strictObject({
  table: text(200).min(1).openapi({ description: "A table of the preview.", example: "public.profiles" }),
  change: z.enum(["insert", "update", "delete"]).optional().openapi({ description: "By default all." }),
  search: text(200).optional().openapi({
    description:
      "Part of any value, before or after, in any case; or the key, of several columns with commas.",
  }),
  ...cursorPaging(50),
  ...platform(),
});
