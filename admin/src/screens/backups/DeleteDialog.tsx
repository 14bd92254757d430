import { useBackupActions } from "../../api/backups.ts";
import type { Backup } from "../../api/types.ts";
import { ConfirmDialog } from "../../components/ConfirmDialog.tsx";
import { sayDone } from "../../components/say.tsx";
import { bytes, plural } from "../../lib/format.ts";
import { backupTitle } from "./words.ts";

interface DeleteProps {
  backup: Backup;
  onClose: () => void;
  onDeleted?: () => void;
}

export function DeleteDialog({ backup, onClose, onDeleted }: DeleteProps) {
  const { remove } = useBackupActions();
  const { row_count, file_size } = backup;
  return (
    <ConfirmDialog
      title="Delete this backup?"
      action="Delete it"
      isDangerous
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(backup.id, {
          onSuccess: () => {
            sayDone("The backup is being deleted.");
            onClose();
            onDeleted?.();
          },
        })}
    >
      <p className="bc-plain">
        The <strong>{backupTitle(backup)}</strong> goes for good
        {row_count !== null && <>, with {plural(row_count, "row")} in {bytes(file_size ?? 0)}</>}. Nothing can
        be restored from it afterwards. Your live data is not touched.
      </p>
    </ConfirmDialog>
  );
}
