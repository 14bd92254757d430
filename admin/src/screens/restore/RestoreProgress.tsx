import { IconCheck, IconPoint, IconPointFilled } from "@tabler/icons-react";
import type { Restore } from "../../api/types.ts";
import { ProgressPanel } from "../../components/ProgressPanel.tsx";
import { bytes, count, plural, tableName } from "../../lib/format.ts";
import { phaseWords } from "./words.ts";

export function RestoreProgress({ restore }: { restore: Restore }) {
  const { progress, status } = restore;
  const isApplying = status === "applying";
  return (
    <ProgressPanel
      title={isApplying ? "It is being restored" : "The backup is compared with your live data"}
      phase={phaseWords(restore)}
      // What was read for the preview is done; writing is one statement, which knows no percentage.
      percent={isApplying ? undefined : progress.percent}
      details={isApplying ? <Phases restore={restore} /> : (
        <>
          {progress.table && <span>{tableName(progress.table)}</span>}
          {progress.parts_total !== undefined && progress.parts_total > 0 && (
            <span>
              {count(progress.parts_done ?? 0)} of {plural(progress.parts_total, "part")}
            </span>
          )}
          {progress.raw_bytes !== undefined && progress.raw_bytes > 0 && (
            <span>{bytes(progress.raw_bytes)}</span>
          )}
          <span>Nothing has changed. You may close this page.</span>
        </>
      )}
    />
  );
}

const phases = [["safety_backup", "Back up what will be touched"], [
  "applying",
  "Write, all or nothing",
], [
  "reviewing",
  "Check the result",
]] as const;

function Phases({ restore: { phase } }: { restore: Restore }) {
  const now = phases.findIndex(([name]) => name === phase);
  return (
    <>
      <ol className="bc-phases">
        {phases.map(([name, said], n) => (
          <li key={name} aria-current={n === now ? "step" : undefined}>
            {n < now
              ? <IconCheck size={15} aria-label="done" />
              : n === now
              ? <IconPointFilled size={15} aria-hidden />
              : <IconPoint size={15} aria-hidden />}
            {said}
          </li>
        ))}
      </ol>
      <span>
        Until it is finished, everybody sees the data as it was. You may close this page.
      </span>
    </>
  );
}
