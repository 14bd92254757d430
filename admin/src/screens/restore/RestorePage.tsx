import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import { isRestoreUnderWay, useRestore } from "../../api/restores.ts";
import type { Restore } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { Page } from "../../components/Page.tsx";
import { RestoreSign } from "../../components/Sign.tsx";
import { Answer, EmptyState, Lines } from "../../components/States.tsx";
import { When } from "../../components/When.tsx";
import { IconHourglassOff } from "@tabler/icons-react";
import { FailedUndo } from "./FailedUndo.tsx";
import { PreviewView } from "./PreviewView.tsx";
import { RestoreProgress } from "./RestoreProgress.tsx";
import { ResultView } from "./ResultView.tsx";
import { modeName, scopeOf } from "./words.ts";

const back = { to: "/restore", label: "All restores" };

/** One restore through its whole life: being compared, previewed, applied, undone. What it is, the server says. */
export default function RestorePage({ id }: { id: string }) {
  const restore = useRestore(id);
  return (
    <Answer
      query={restore}
      skeleton={
        <Page title="Restore" back={back}>
          <Lines rows={7} height={32} />
        </Page>
      }
    >
      {(data) => (
        <Page title={titleOf(data)} lead={<Lead restore={data} />} back={back}>
          <Stage restore={data} />
        </Page>
      )}
    </Answer>
  );
}

function Stage({ restore }: { restore: Restore }) {
  if (isRestoreUnderWay(restore)) return <RestoreProgress restore={restore} />;
  if (restore.status === "completed") return <ResultView restore={restore} />;
  if (restore.status === "previewed" && restore.preview) {
    return (
      <PreviewView
        key={restore.id}
        restore={restore}
        preview={restore.preview}
      />
    );
  }
  if (restore.status === "failed") {
    return restore.undo_of
      ? <FailedUndo restore={restore} originId={restore.undo_of} />
      : <Failed restore={restore} />;
  }
  return (
    <EmptyState
      icon={IconHourglassOff}
      title={restore.status === "expired" ? "This preview has expired" : "This preview was put aside"}
    >
      <p>A preview is kept for a day. Nothing was changed.</p>
      <p>
        <Again restore={restore} />
      </p>
    </EmptyState>
  );
}

function Failed({ restore }: { restore: Restore }) {
  return (
    <>
      {restore.error && (
        <FailureNote
          title="It failed, and nothing has changed"
          failure={restore.error}
        />
      )}
      <p className="bc-plain">
        Either all of a restore happens or none of it. <Again restore={restore} />
      </p>
    </>
  );
}

function Again({ restore: { backup_id } }: { restore: Restore }) {
  return (
    <Anchor
      component={Link}
      href={backup_id ? `/restore/new/${backup_id}` : "/restore/new"}
    >
      Begin again
    </Anchor>
  );
}

function titleOf({ status, mode }: Restore): string {
  const isUndo = mode === "undo";
  if (status === "previewed") {
    return isUndo ? "What undoing would change" : "What would change";
  }
  if (status === "completed") return isUndo ? "Undone" : "Restored";
  if (status === "applying") return isUndo ? "Undoing" : "Restoring";
  return isUndo ? "Undo" : "Restore";
}

function Lead({ restore }: { restore: Restore }) {
  return (
    <>
      <RestoreSign status={restore.status} /> {modeName(restore.mode)}, {scopeOf(restore)}
      {restore.backup_id && (
        <>
          , from{" "}
          <Anchor component={Link} href={`/backups/${restore.backup_id}`}>
            this backup
          </Anchor>
        </>
      )}
      {restore.preview?.source?.taken_at && (
        <>
          {" of "}
          <When at={restore.preview.source.taken_at} />
        </>
      )}
    </>
  );
}
