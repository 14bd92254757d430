import { Anchor, Button } from "@mantine/core";
import { Link } from "wouter";
import { useBackupActions } from "../../api/backups.ts";
import type { Backup } from "../../api/types.ts";
import { ProgressPanel, useNow } from "../../components/ProgressPanel.tsx";
import { sayError } from "../../components/say.tsx";
import { bytes, duration, plural } from "../../lib/format.ts";
import { phaseWords } from "./words.ts";

/** How far a backup is. Rate and time left follow from when it was started, so they survive a reload. */
export function BackupProgress(
  { backup, isLinked = true }: { backup: Backup; isLinked?: boolean },
) {
  const { cancel } = useBackupActions();
  const now = useNow(true);
  const { progress, started_at } = backup;
  const elapsed = started_at ? now - Date.parse(started_at) : 0;
  const raw = progress?.raw_bytes ?? 0;
  const left = timeLeft(progress?.percent, elapsed);

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
          {raw > 0 && <span>{plural(progress?.rows ?? 0, "row")}, {bytes(raw)}</span>}
          {raw > 0 && elapsed > 1000 && <span>{bytes((raw / elapsed) * 1000)} per second</span>}
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

/** Said only once enough has been done for it to mean something. */
function timeLeft(
  percent: number | undefined,
  elapsed: number,
): number | undefined {
  if (
    percent === undefined || percent < 5 || percent >= 100 || elapsed < 2000
  ) return undefined;
  return (elapsed / percent) * (100 - percent);
}
