import { Anchor, Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { useRestore } from "../../api/restores.ts";
import type { Consent, Restore } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { count, tableName } from "../../lib/format.ts";
import { Privileges } from "./Privileges.tsx";
import { RecordKeys } from "./RecordKeys.tsx";
import { UndoDialog } from "./UndoDialog.tsx";

type Details = Partial<{
  table: string;
  count: number;
  rows: unknown[];
  added: { profile_id: string; role: string }[];
  removed: { profile_id: string; role: string }[];
}>;

const asked: Record<string, Consent> = {
  privilege_changes_not_accepted: "accept_privilege_changes",
  cascade_not_accepted: "accept_cascade",
  orphans_not_accepted: "skip_orphans",
};

/** An undo that was refused: which records are in its way, or what somebody has to accept, and how to go on. */
export function FailedUndo(
  { restore, originId }: { restore: Restore; originId: string },
) {
  const origin = useRestore(originId).data;
  const [isAsking, setAsking] = useState(false);
  if (!restore.error) return null;
  const { code } = restore.error;
  const details = (restore.error.details ?? {}) as Details;
  const { added = [], removed = [] } = details;
  const need = asked[code];
  const needs = need ? [...accepted(restore), need] : [];
  return (
    <>
      <FailureNote
        title="It was not undone, and nothing has changed"
        failure={restore.error}
      >
        {details.rows && <Records {...details} rows={details.rows} />}
        <Privileges changes={{ added, removed }} tables={origin?.preview?.tables} />
      </FailureNote>
      {need && origin?.can_undo && (
        <div>
          <Button onClick={() => setAsking(true)}>Undo nevertheless …</Button>
        </div>
      )}
      <p className="bc-plain">
        <Anchor component={Link} href={`/restore/${originId}`}>
          To the restore
        </Anchor>
        {origin?.safety_backup_id && (
          <>
            . What it changed can also be taken back record by record:{" "}
            <Anchor
              component={Link}
              href={`/restore/new/${origin.safety_backup_id}`}
            >
              from the backup made before it
            </Anchor>.
          </>
        )}
      </p>
      {isAsking && origin && (
        <UndoDialog
          restore={origin}
          needs={needs}
          onClose={() => setAsking(false)}
        >
          <Privileges changes={{ added, removed }} tables={origin?.preview?.tables} />
        </UndoDialog>
      )}
    </>
  );
}

/** What was accepted when it was asked for, has to be said again. */
const accepted = (restore: Restore): Consent[] =>
  (["accept_privilege_changes", "accept_cascade", "skip_orphans"] as const)
    .filter((consent) => restore[consent]);

function Records({ table = "", count: all = 0, rows }: Details & { rows: unknown[] }) {
  return (
    <>
      <p className="bc-plain">Changed since in {tableName(table)}:</p>
      <RecordKeys rows={rows} />
      {all > rows.length && <p className="bc-plain">and {count(all - rows.length)} more.</p>}
    </>
  );
}
