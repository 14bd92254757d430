import type { TableReport } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { ReportTables } from "../validation/ReportTables.tsx";

/** What the rules said of exactly the rows that are in it, or that would have been. */
export function BackupValidation(
  { tables, isStored }: { tables: TableReport[]; isStored: boolean },
) {
  return (
    <Panel
      title={isStored ? "The checks, on the data as it was backed up" : "What the checks found"}
      isFlush
    >
      <ReportTables tables={tables} />
    </Panel>
  );
}
