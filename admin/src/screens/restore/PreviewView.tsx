import { Button, TextInput } from "@mantine/core";
import { IconCircleCheck, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { useRestoreActions } from "../../api/restores.ts";
import type { Preview, Restore } from "../../api/types.ts";
import { Pager, usePages } from "../../components/Pager.tsx";
import { EmptyState } from "../../components/States.tsx";
import { sayError } from "../../components/say.tsx";
import { When } from "../../components/When.tsx";
import { count, plural } from "../../lib/format.ts";
import { ApplyDialog } from "./ApplyDialog.tsx";
import { PreviewTable } from "./PreviewTable.tsx";
import { selectedCount, type Selection, toggle } from "./selection.ts";
import { Warnings } from "./Warnings.tsx";

const pageSize = 20;

/** What a restore would change: the numbers, what to beware of, and the records themselves. */
export function PreviewView(
  { restore, preview }: { restore: Restore; preview: Preview },
) {
  const [selection, setSelection] = useState<Selection>({});
  const [isApplying, setApplying] = useState(false);
  const [search, setSearch] = useState("");
  const { insert, update, delete: removed } = preview.totals;
  const total = insert + update + removed;
  const changed = preview.tables
    .filter((table) => table.is_blocked || table.insert + table.update + table.delete > 0)
    .toSorted((a, b) =>
      b.delete - a.delete ||
      Number(b.role === "chosen") - Number(a.role === "chosen") ||
      b.insert - a.insert
    );
  const found = changed.filter(({ table }) => table.toLowerCase().includes(search.trim().toLowerCase()));
  const { shown, ...pages } = usePages(found, pageSize);
  const same = preview.tables.length - changed.length;
  const isBlocked = preview.blocking.length > 0;

  return (
    <>
      <div className="bc-totals">
        <Total
          value={insert}
          tone="insert"
          one="record comes back"
          many="records come back"
        />
        <Total
          value={update}
          tone="update"
          one="record changes"
          many="records change"
        />
        <Total
          value={removed}
          tone="delete"
          one="record is deleted"
          many="records are deleted"
        />
      </div>
      <Warnings preview={preview} backupId={restore.backup_id} />
      {total === 0 && !isBlocked && (
        <EmptyState icon={IconCircleCheck} title="There is nothing to restore">
          <p>
            In this mode, the live data already has everything that the backup has.
          </p>
          {preview.totals.kept > 0 && (
            <p>
              {plural(preview.totals.kept, "record")} differ or are newer; this mode leaves them alone.
            </p>
          )}
        </EmptyState>
      )}
      {changed.length > 0 && (
        <div className="bc-preview-tables">
          {changed.length > pageSize && (
            <TextInput
              aria-label="Find a table"
              placeholder={`Find one of ${plural(changed.length, "table")}`}
              leftSection={<IconSearch size={16} aria-hidden />}
              value={search}
              onChange={({ currentTarget }) => setSearch(currentTarget.value)}
            />
          )}
          {shown.map((table) => (
            <PreviewTable
              key={table.table}
              restoreId={restore.id}
              table={table}
              isOpen={changed.indexOf(table) < 2}
              selection={selection}
              onToggle={restore.mode === "undo"
                ? undefined
                : (key) => setSelection((now) => toggle(now, table.table, key))}
            />
          ))}
          {changed.length > pageSize && (
            <Pager
              total={found.length === 0
                ? "No table that would change is called that."
                : plural(found.length, "table")}
              {...pages}
            />
          )}
        </div>
      )}
      {same > 0 && total > 0 && (
        <p className="bc-note">
          {plural(same, "other table")} would stay as {same === 1 ? "it is" : "they are"}.
        </p>
      )}
      <Actions
        restore={restore}
        selection={selection}
        canApply={total > 0 && !isBlocked}
        isBlocked={isBlocked}
        onApply={() => setApplying(true)}
        onClear={() => setSelection({})}
      />
      {isApplying && (
        <ApplyDialog
          restore={restore}
          preview={preview}
          onClose={() => setApplying(false)}
        />
      )}
    </>
  );
}

function Total(
  { value, tone, one, many }: {
    value: number;
    tone: string;
    one: string;
    many: string;
  },
) {
  return (
    <div className="bc-total" data-tone={value > 0 ? tone : undefined}>
      <span className="bc-total-number">{count(value)}</span>
      <span>{value === 1 ? one : many}</span>
    </div>
  );
}

interface ActionsProps {
  restore: Restore;
  selection: Selection;
  canApply: boolean;
  isBlocked: boolean;
  onApply: () => void;
  onClear: () => void;
}

/** Stays in sight below the preview, however long it is. */
function Actions(
  { restore, selection, canApply, isBlocked, onApply, onClear }: ActionsProps,
) {
  const { preview, discard } = useRestoreActions();
  const [, go] = useLocation();
  const chosen = selectedCount(selection);
  // What lost its link to a deleted record is still there: only a repair links it again. A choice of rows deletes nothing.
  const narrow = () =>
    preview.mutate(
      {
        backupId: restore.backup_id!,
        mode: restore.mode === "replace" ? "replace" : "merge",
        rows: selection as Record<string, never[]>,
        with_children: true,
      },
      {
        onSuccess: ({ restoreId }) => go(`/restore/${restoreId}`),
        onError: (error) => sayError("No preview was made", error),
      },
    );
  const putAside = () =>
    discard.mutate(restore.id, {
      onSuccess: () => go("/restore"),
      onError: (error) => sayError("It could not be put aside", error),
    });

  return (
    <div className="bc-actions">
      <span className="bc-note">
        {chosen > 0
          ? `${plural(chosen, "record")} chosen`
          : isBlocked
          ? "Something is in the way: see above."
          : restore.expires_at && (
            <>
              Nothing has changed yet. This preview is kept until <When at={restore.expires_at} />.
            </>
          )}
      </span>
      {chosen > 0
        ? (
          <>
            <Button variant="default" onClick={onClear}>Choose none</Button>
            <Button loading={preview.isPending} onClick={narrow}>
              Only {chosen === 1 ? "this one" : "these"}, with what belongs to {chosen === 1 ? "it" : "them"}
            </Button>
          </>
        )
        : (
          <>
            <Button
              variant="default"
              loading={discard.isPending}
              onClick={putAside}
            >
              Put aside
            </Button>
            <Button disabled={!canApply} onClick={onApply}>
              {restore.mode === "undo" ? "Undo …" : "Restore …"}
            </Button>
          </>
        )}
    </div>
  );
}
