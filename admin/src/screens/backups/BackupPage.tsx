import { Button, Group } from "@mantine/core";
import {
  IconDownload,
  IconHistory,
  IconPin,
  IconPinnedOff,
  IconShieldCheck,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { isUnderWay, useBackup } from "../../api/backups.ts";
import type { BackupDetails } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { Page } from "../../components/Page.tsx";
import { BackupSign } from "../../components/Sign.tsx";
import { Answer, Lines } from "../../components/States.tsx";
import { AuditTrail } from "./AuditTrail.tsx";
import { BackupProgress } from "./BackupProgress.tsx";
import { BackupSummary } from "./BackupSummary.tsx";
import { BackupTables } from "./BackupTables.tsx";
import { BackupValidation } from "./BackupValidation.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { ProofProgress } from "./ProofProgress.tsx";
import { useCommands } from "./use_commands.ts";
import { VerificationPanel } from "./VerificationPanel.tsx";
import { backupTitle } from "./words.ts";

const back = { to: "/backups", label: "All backups" };

export default function BackupPage({ id }: { id: string }) {
  const backup = useBackup(id);
  return (
    <Answer
      query={backup}
      skeleton={
        <Page title="Backup" back={back}>
          <Lines rows={7} height={32} />
        </Page>
      }
    >
      {(data) => <Details backup={data} />}
    </Answer>
  );
}

function Details({ backup }: { backup: BackupDetails }) {
  return (
    <Page
      title={backupTitle(backup)}
      lead={
        <Group gap="sm">
          <BackupSign status={backup.status} />
          {backup.notes && <span className="bc-notes-whole">{backup.notes}</span>}
        </Group>
      }
      back={back}
      actions={<Commands backup={backup} />}
    >
      {isUnderWay(backup) && backup.status !== "deleting" && (
        <BackupProgress backup={backup} isLinked={false} />
      )}
      {backup.status === "failed" && backup.error && (
        <FailureNote title="This backup failed" failure={backup.error} />
      )}
      {backup.status === "blocked" && (
        <FailureNote
          title="The checks found errors, so nothing was stored"
          failure={{
            code: "blocked",
            message: "Below is what is wrong, record by record, and what to do about it.",
            hint:
              "Repair it and back up again; or back up nevertheless, with a reason, under “More options”.",
          }}
        />
      )}
      <BackupSummary backup={backup} />
      <ProofProgress backupId={backup.id} />
      {backup.verification && <VerificationPanel verification={backup.verification} />}
      {backup.table_details.length > 0 && <BackupTables backup={backup} />}
      {backup.validation_results?.tables && (
        <BackupValidation
          tables={backup.validation_results.tables}
          isStored={backup.status === "completed"}
        />
      )}
      <AuditTrail target={backup.id} />
    </Page>
  );
}

function Commands({ backup }: { backup: BackupDetails }) {
  const [, go] = useLocation();
  const commands = useCommands(backup);
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      {backup.status === "completed" && (
        <>
          <Button
            component={Link}
            href={`/restore/new/${backup.id}`}
            leftSection={<IconHistory size={17} aria-hidden />}
          >
            Restore from it
          </Button>
          <Button
            variant="default"
            leftSection={<IconDownload size={17} aria-hidden />}
            loading={commands.isDownloading}
            onClick={commands.download}
          >
            Download
          </Button>
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={17} aria-hidden />}
            loading={commands.isVerifying}
            onClick={commands.verify}
          >
            Verify
          </Button>
          <Button
            variant="default"
            leftSection={backup.is_pinned
              ? <IconPinnedOff size={17} aria-hidden />
              : <IconPin size={17} aria-hidden />}
            onClick={commands.togglePin}
          >
            {backup.is_pinned ? "Kept for good" : "Keep"}
          </Button>
        </>
      )}
      {backup.status !== "deleting" && !isUnderWay(backup) && (
        <Button
          variant="subtle"
          color="brick"
          leftSection={<IconTrash size={17} aria-hidden />}
          onClick={() => setDeleting(true)}
        >
          Delete
        </Button>
      )}
      {isDeleting && (
        <DeleteDialog
          backup={backup}
          onClose={() => setDeleting(false)}
          onDeleted={() => go("/backups")}
        />
      )}
    </>
  );
}
