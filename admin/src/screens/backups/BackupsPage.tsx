import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useBackupUnderWay } from "../../api/backups.ts";
import { Page } from "../../components/Page.tsx";
import { BackupProgress } from "./BackupProgress.tsx";
import { CreateDialog } from "./CreateDialog.tsx";
import { Glance } from "./Glance.tsx";
import { Growth } from "./Growth.tsx";
import { History } from "./History.tsx";
import { Space } from "./Space.tsx";

export function BackupsPage() {
  const underWay = useBackupUnderWay();
  const [isCreating, setCreating] = useState(false);
  return (
    <Page
      title="Backups"
      actions={
        <Button
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => setCreating(true)}
          disabled={!!underWay}
        >
          {underWay ? "A backup is being made" : "Back up now"}
        </Button>
      }
    >
      {underWay && <BackupProgress backup={underWay} />}
      <Glance isUnderWay={!!underWay} />
      <div className="bc-pair">
        <Growth />
        <Space />
      </div>
      <History />
      {isCreating && <CreateDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
