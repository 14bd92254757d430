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
      percent={progress.percent}
      details={
        <>
          {progress.table && <span>{tableName(progress.table)}</span>}
          {progress.parts_total !== undefined && progress.parts_total > 0 && (
            <span>{count(progress.parts_done ?? 0)} of {plural(progress.parts_total, "part")}</span>
          )}
          {progress.raw_bytes !== undefined && progress.raw_bytes > 0 && <span>{bytes(progress.raw_bytes)}</span>}
          <span>{isApplying ? "Until it is finished, everybody sees the data as it was." : "Nothing has changed."} You may close this page.</span>
        </>
      }
    />
  );
}
