import { Button, Radio } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { useBackup } from "../../api/backups.ts";
import { asApiError } from "../../api/problem.ts";
import { useRestoreActions } from "../../api/restores.ts";
import type { BackupDetails, RestoreMode } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
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
            <Option
              value="all"
              name="Whatever has changed"
              says="Every table of the backup is compared. The preview shows which ones differ."
            />
            <Option
              value="tables"
              name="Some tables"
              says="You know which ones were hit."
            />
            <Option
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
                <Option
                  key={one.mode}
                  value={one.mode}
                  name={one.name}
                  says={one.says}
                >
                  {one.best}
                </Option>
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

function Option(
  { value, name, says, children }: {
    value: string;
    name: string;
    says: string;
    children?: ReactNode;
  },
) {
  return (
    <Radio.Card value={value} className="bc-card" aria-label={name}>
      <Radio.Indicator />
      <span>
        <span className="bc-card-name">{name}</span>
        <span className="bc-card-says">{says}</span>
        {children && <span className="bc-card-best">{children}</span>}
      </span>
    </Radio.Card>
  );
}
