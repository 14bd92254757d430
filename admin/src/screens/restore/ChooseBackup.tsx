import { Button, Switch } from "@mantine/core";
import { IconArchive, IconChevronRight, IconPin, IconShieldCheck } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { useCompletedBackups } from "../../api/backups.ts";
import type { Backup } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { Answer, EmptyState, Lines } from "../../components/States.tsx";
import { TableNames } from "../../components/TableNames.tsx";
import { ago, bytes, dateTime, plural, utc } from "../../lib/format.ts";
import { kindNames } from "../backups/words.ts";

const step = 12;

export function ChooseBackup() {
  const completed = useCompletedBackups(100);
  const [shown, setShown] = useState(step);
  const [withSafety, setWithSafety] = useState(false);
  return (
    <Panel
      isFlush
      title="Completed backups"
      actions={
        <Switch
          size="xs"
          label="Also those made before restores"
          checked={withSafety}
          onChange={({ currentTarget }) => setWithSafety(currentTarget.checked)}
        />
      }
    >
      <Answer query={completed} skeleton={<Lines rows={6} height={44} />}>
        {({ backups: all }) => {
          const backups = all.filter(({ kind }) => withSafety || kind !== "safety");
          return backups.length === 0
            ? (
              <EmptyState
                icon={IconArchive}
                title="There is no backup to restore from"
              >
                <p>
                  Backups that are completed appear here. If archives lie in the bucket, an operator can
                  import them.
                </p>
              </EmptyState>
            )
            : (
              <>
                <ul className="bc-choices">
                  {backups.slice(0, shown).map((backup) => (
                    <li key={backup.id}>
                      <Choice backup={backup} />
                    </li>
                  ))}
                </ul>
                {backups.length > shown && (
                  <div className="bc-panel-foot">
                    <Button
                      variant="subtle"
                      onClick={() => setShown(shown + step)}
                    >
                      Show older ones
                    </Button>
                  </div>
                )}
              </>
            );
        }}
      </Answer>
    </Panel>
  );
}

function Choice({ backup }: { backup: Backup }) {
  const at = new Date(backup.created_at);
  return (
    <Link href={`/restore/new/${backup.id}`} className="bc-choice">
      <span className="bc-choice-words">
        <span className="bc-choice-name" title={utc(at)}>
          {dateTime(at)}
          <span className="bc-choice-ago">{ago(at)}</span>
        </span>
        <span className="bc-under">
          {kindNames[backup.kind]} · {plural(backup.row_count ?? 0, "row")}, {bytes(backup.file_size ?? 0)}
          {backup.tables && (
            <>
              · <TableNames tables={backup.tables} most={5} />
            </>
          )}
          {backup.is_pinned && (
            <span>
              <IconPin size={13} aria-hidden /> kept
            </span>
          )}
          {backup.verified_at && (
            <span>
              <IconShieldCheck size={13} aria-hidden /> proven
            </span>
          )}
          {backup.notes && backup.kind !== "safety" && <span className="bc-notes">{backup.notes}</span>}
        </span>
      </span>
      <IconChevronRight size={18} aria-hidden />
    </Link>
  );
}
