import { Button, Radio } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useLocation } from "wouter";
import { useBackup } from "../../api/backups.ts";
import { asApiError } from "../../api/problem.ts";
import { useRestoreActions } from "../../api/restores.ts";
import type { BackupDetails, RestoreMode } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { OptionCard } from "../../components/OptionCard.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Answer, Lines } from "../../components/States.tsx";
import { dateTime } from "../../lib/format.ts";
import { ChooseTables } from "./ChooseTables.tsx";
import { modes } from "./words.ts";

export function ChooseScope({ backupId }: { backupId: string }) {
  const backup = useBackup(backupId);
  return (
    <Answer query={backup} skeleton={<Lines rows={8} height={40} />}>
      {(data) => <Form backup={data} />}
    </Answer>
  );
}

type Scope = "all" | "tables" | "rows";

function Form({ backup }: { backup: BackupDetails }) {
  const { preview } = useRestoreActions();
  const [, go] = useLocation();
  const [mode, setMode] = useState<Exclude<RestoreMode, "undo">>("undelete");
  const [scope, setScope] = useState<Scope>("all");
  const [tables, setTables] = useState<string[]>([]);
  const needsTables = scope !== "all";
  const isReady = !needsTables || tables.length > 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || preview.isPending) return;
    preview.mutate(
      {
        backupId: backup.id,
        mode: scope === "rows" ? "undelete" : mode,
        ...(needsTables ? { tables } : {}),
      },
      { onSuccess: ({ restoreId }) => go(`/restore/${restoreId}`) },
    );
  };

  return (
    <form onSubmit={submit} className="bc-steps">
      <p className="bc-note">
        From the backup of {dateTime(new Date(backup.created_at))}
      </p>
      <Panel title="What should come back?">
        <Radio.Group
          value={scope}
          onChange={(value) => setScope(value as Scope)}
          aria-label="What should come back?"
        >
          <div className="bc-cards">
            <OptionCard
              value="all"
              name="Whatever has changed"
              says="Every table of the backup is compared. The preview shows which ones differ."
            />
            <OptionCard
              value="tables"
              name="Some tables"
              says="You know which ones were hit."
            />
            <OptionCard
              value="rows"
              name="Particular records"
              says="One person, a few events: the preview lists what is missing, and you pick."
            />
          </div>
        </Radio.Group>
        {needsTables && (
          <ChooseTables
            backup={backup}
            isSingle={scope === "rows"}
            value={tables}
            onChange={setTables}
          />
        )}
      </Panel>
      {scope !== "rows" && (
        <Panel title="How?">
          <Radio.Group
            value={mode}
            onChange={(value) => setMode(value as typeof mode)}
            aria-label="How?"
          >
            <div className="bc-cards">
              {modes.map((one) => (
                <OptionCard
                  key={one.mode}
                  value={one.mode}
                  name={one.name}
                  says={one.says}
                >
                  {one.best}
                </OptionCard>
              ))}
            </div>
          </Radio.Group>
        </Panel>
      )}
      {preview.error && (
        <FailureNote
          title="No preview was made; nothing has changed"
          failure={asApiError(preview.error)}
        />
      )}
      <div className="bc-actions">
        <span className="bc-note">Nothing changes yet.</span>
        <Button
          type="submit"
          leftSection={<IconEye size={18} aria-hidden />}
          loading={preview.isPending}
          disabled={!isReady}
        >
          Show me what would change
        </Button>
      </div>
    </form>
  );
}
