import { useProofUnderWay } from "../../api/proofs.ts";
import { ProgressPanel } from "../../components/ProgressPanel.tsx";

/** A restore drill on its way. It changes nothing, so there is nothing to decide. */
export function ProofProgress({ backupId }: { backupId: string }) {
  const job = useProofUnderWay(backupId);
  if (!job) return null;
  const percent = typeof job.progress.percent === "number" ? job.progress.percent : undefined;
  return (
    <ProgressPanel
      title="It is being proven"
      phase={job.status === "queued"
        ? "Waiting for its turn"
        : "Every part is fetched, opened, loaded beside the live data, and read back"}
      percent={percent}
    />
  );
}
