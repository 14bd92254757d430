import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useRestoreActions } from "../../api/restores.ts";
import type { Consent, Restore } from "../../api/types.ts";
import { ConfirmDialog } from "../../components/ConfirmDialog.tsx";
import { plural } from "../../lib/format.ts";
import { Consents } from "./Consents.tsx";

interface UndoProps {
  /** The restore that is taken back. */
  restore: Restore;
  needs: Consent[];
  /** What it is that has to be accepted. */
  children?: ReactNode;
  onClose: () => void;
}

export function UndoDialog({ restore, needs, children, onClose }: UndoProps) {
  const { undo } = useRestoreActions();
  const [, go] = useLocation();
  const [accepted, setAccepted] = useState<Consent[]>([]);
  const { inserted, updated, deleted } = restore.result!.totals;
  return (
    <ConfirmDialog
      title="Undo this restore?"
      action="Undo it"
      isReady={needs.every((need) => accepted.includes(need))}
      isPending={undo.isPending}
      error={undo.error}
      onClose={onClose}
      onConfirm={() =>
        undo.mutate({ id: restore.id, accepted }, {
          onSuccess: ({ restoreId }) => go(`/restore/${restoreId}`),
        })}
    >
      <p className="bc-plain">
        <strong>{plural(inserted + updated + deleted, "record")}</strong>{" "}
        become what they were before it. Records that somebody has changed since then are not written over:
        then you are told which ones. An undo can be undone, too.
      </p>
      {children}
      <Consents needs={needs} accepted={accepted} onChange={setAccepted} />
    </ConfirmDialog>
  );
}
