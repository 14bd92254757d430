import { Switch, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArchive, IconChevronRight, IconPin, IconSearch, IconShieldCheck } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { useRestorable } from "../../api/backups.ts";
import type { Backup } from "../../api/types.ts";
import { Older } from "../../components/Older.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Answer, EmptyState, Lines } from "../../components/States.tsx";
import { TableNames } from "../../components/TableNames.tsx";
import { ago, bytes, dateTime, plural, utc } from "../../lib/format.ts";
import { kindNames } from "../backups/words.ts";

export function ChooseBackup() {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const [withSafety, setWithSafety] = useState(false);
  const completed = useRestorable(search);
  return (
    <Panel
      isFlush
      title="Completed backups"
      actions={
        <>
          <TextInput
            size="xs"
            aria-label="Find in notes and names"
            placeholder="Find a note"
            leftSection={<IconSearch size={15} aria-hidden />}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <Switch
            size="xs"
            label="Also those made before restores"
            checked={withSafety}
            onChange={({ currentTarget }) => setWithSafety(currentTarget.checked)}
          />
        </>
      }
    >
      <Answer query={completed} skeleton={<Lines rows={6} height={44} />}>
        {({ pages }) => {
          const backups = pages.flatMap((page) => page.backups)
            .filter(({ kind }) => withSafety || kind !== "safety");
          if (backups.length === 0 && !completed.hasNextPage) return <Nothing isSearched={search !== ""} />;
          return (
            <ul className="bc-choices">
              {backups.map((backup) => (
                <li key={backup.id}>
                  <Choice backup={backup} />
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      <Older list={completed} />
    </Panel>
  );
}

function Nothing({ isSearched }: { isSearched: boolean }) {
  if (isSearched) {
    return <EmptyState icon={IconArchive} title="No backup has a note like that" />;
  }
  return (
    <EmptyState icon={IconArchive} title="There is no backup to restore from">
      <p>
        Backups that are completed appear here. If archives lie in the bucket, an operator can import them.
      </p>
    </EmptyState>
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
              {" · "}
              <TableNames tables={backup.tables} most={3} />
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
