import { useState } from "react";
import { useRestoreActions } from "../../api/restores.ts";
import type { Consent, Preview, Restore } from "../../api/types.ts";
import { ConfirmDialog } from "../../components/ConfirmDialog.tsx";
import { plural, tableName } from "../../lib/format.ts";
import { Consents } from "./Consents.tsx";

/** The last question: the numbers, what must be accepted, and a word to type. */
export function ApplyDialog(
  { restore, preview, onClose }: {
    restore: Restore;
    preview: Preview;
    onClose: () => void;
  },
) {
  const { apply } = useRestoreActions();
  const [accepted, setAccepted] = useState<Consent[]>([]);
  const tables = preview.tables.filter((table) => table.insert + table.update + table.delete > 0);
  const { insert, update, delete: removed } = preview.totals;
  const deeds = [
    insert > 0 && (
      <>
        add <strong>{plural(insert, "record")}</strong>
      </>
    ),
    update > 0 && (
      <>
        change <strong>{plural(update, "record")}</strong>
      </>
    ),
    removed > 0 && (
      <>
        delete <strong>{plural(removed, "record")}</strong>
      </>
    ),
  ].filter((deed) => deed !== false);

  return (
    <ConfirmDialog
      title="Restore this?"
      action={`Restore ${plural(insert + update + removed, "record")}`}
      isDangerous={removed > 0}
      phrase={tables.length === 1 ? tableName(tables[0]!.table) : plural(tables.length, "table")}
      isReady={preview.needs.every((need) => accepted.includes(need))}
      isPending={apply.isPending}
      error={apply.error}
      onClose={onClose}
      onConfirm={() => apply.mutate({ restore, accepted }, { onSuccess: onClose })}
    >
      <p className="bc-plain">
        This will {deeds.map((deed, n) => (
          <span key={n}>
            {n > 0 && (n === deeds.length - 1 ? " and " : ", ")}
            {deed}
          </span>
        ))} in {tables.length <= 4
          ? tables.map(({ table }) => tableName(table)).join(", ")
          : plural(tables.length, "table")}.
      </p>
      <p className="bc-plain">
        What is touched is backed up first. Either all of it happens or none of it, and it can be undone
        afterwards.
      </p>
      <Consents
        needs={preview.needs}
        accepted={accepted}
        onChange={setAccepted}
      />
    </ConfirmDialog>
  );
}
