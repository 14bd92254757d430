import { Button, Checkbox, Collapse, Group, Textarea, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useBackupActions } from "../../api/backups.ts";
import { asApiError } from "../../api/problem.ts";
import { useLiveTables } from "../../api/tables.ts";
import { Dialog } from "../../components/Dialog.tsx";
import { FailureNote } from "../../components/FailureNote.tsx";
import { TablePicker } from "../../components/TablePicker.tsx";

/** Everything, unless somebody says otherwise: most people only press the button. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const { create } = useBackupActions();
  const known = useLiveTables().data?.map(({ table }) => table) ?? [];
  const [notes, setNotes] = useState("");
  const [hasOptions, setOptions] = useState(false);
  const [left, setLeft] = useState<string[]>([]);
  const [isOverriding, setOverriding] = useState(false);
  const [reason, setReason] = useState("");
  const chosen = known.filter((table) => !left.includes(table));
  const isReady = (known.length === 0 || chosen.length > 0) &&
    (!isOverriding || reason.trim() !== "");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || create.isPending) return;
    create.mutate({
      ...(notes.trim() ? { notes: notes.trim() } : {}),
      ...(left.length > 0 ? { tables: chosen } : {}),
      ...(isOverriding ? { override_validation: true, override_reason: reason.trim() } : {}),
    }, { onSuccess: onClose });
  };

  return (
    <Dialog onClose={onClose} title="Back up now">
      <form onSubmit={submit} className="bc-dialog">
        <p className="bc-plain">
          All tables are checked, copied as they are at this moment, compressed and encrypted. People can go
          on working.
        </p>
        <Textarea
          label="Note"
          description="Optional. It helps to find this backup again: “before the import of the 2026 class”."
          autosize
          minRows={2}
          maxLength={1000}
          value={notes}
          onChange={({ currentTarget }) => setNotes(currentTarget.value)}
          data-autofocus
        />
        <UnstyledButton
          className="bc-more"
          aria-expanded={hasOptions}
          onClick={() => setOptions(!hasOptions)}
        >
          <IconChevronDown
            size={16}
            aria-hidden
            data-open={hasOptions || undefined}
          />{" "}
          More options
        </UnstyledButton>
        <Collapse in={hasOptions}>
          <div className="bc-dialog">
            {known.length > 0 && (
              <TablePicker
                label="Tables"
                description="A backup of some tables cannot bring back the others."
                options={known.map((table) => ({ table }))}
                value={chosen}
                onChange={(now) => setLeft(known.filter((table) => !now.includes(table)))}
              />
            )}
            <Checkbox
              label="Back up even if the checks find errors"
              description="Otherwise errors stop it, and you see what to repair first."
              checked={isOverriding}
              onChange={({ currentTarget }) => setOverriding(currentTarget.checked)}
            />
            {isOverriding && (
              <Textarea
                label="Why?"
                description="Kept with the backup and in the activity log."
                required
                autosize
                value={reason}
                onChange={({ currentTarget }) => setReason(currentTarget.value)}
              />
            )}
          </div>
        </Collapse>
        {create.error && (
          <FailureNote
            title="No backup was started"
            failure={asApiError(create.error)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={create.isPending} disabled={!isReady}>
            Back up now
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
