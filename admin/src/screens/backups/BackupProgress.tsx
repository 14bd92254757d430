import { Anchor, Button } from "@mantine/core";
import { Link } from "wouter";
import { useBackupActions } from "../../api/backups.ts";
import type { Backup } from "../../api/types.ts";
import { ProgressPanel, useNow } from "../../components/ProgressPanel.tsx";
import { sayError } from "../../components/say.tsx";
import { bytes, duration, plural } from "../../lib/format.ts";
import { usePace } from "../../lib/pace.ts";
import { phaseWords } from "./words.ts";

/** How far a backup is. All of it follows from what the server says, so it survives a reload. */
export function BackupProgress(
  { backup, isLinked = true }: { backup: Backup; isLinked?: boolean },
) {
  const { cancel } = useBackupActions();
  const now = useNow(true);
  const { progress, started_at } = backup;
  const raw = progress?.raw_bytes ?? 0;
  const { bytesPerSecond, left } = usePace(
    { percent: progress?.percent ?? 0, bytes: raw, startedAt: started_at },
    now,
  );

  return (
    <ProgressPanel
      title="A backup is being made"
      phase={phaseWords(backup)}
      percent={backup.status === "queued" ? undefined : progress?.percent}
      actions={
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={cancel.isPending}
          onClick={() =>
            cancel.mutate(backup.id, {
              onError: (error) => sayError("It could not be cancelled", error),
            })}
        >
          Cancel
        </Button>
      }
      details={
        <>
          {progress?.tables_total !== undefined && (
            <span>
              {progress.tables_done ?? 0} of {plural(progress.tables_total, "table")}
            </span>
          )}
          {raw > 0 && <span>{plural(progress?.rows ?? 0, "row")}</span>}
          {raw > 0 && (
            <span>
              {bytes(raw)}
              {(progress?.estimated_bytes ?? 0) > raw &&
                ` of about ${bytes(progress!.estimated_bytes!)}`}
            </span>
          )}
          {bytesPerSecond > 100_000 && <span>{bytes(bytesPerSecond)} per second</span>}
          {left !== undefined && <span>about {duration(left)} left</span>}
          {isLinked && (
            <Anchor component={Link} href={`/backups/${backup.id}`} size="sm">
              Details
            </Anchor>
          )}
        </>
      }
    />
  );
}
