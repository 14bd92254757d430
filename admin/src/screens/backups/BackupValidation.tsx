import type { TableReport } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { ReportTables } from "../validation/ReportTables.tsx";

/** What the rules said of exactly the rows that are in it. */
export function BackupValidation({ tables }: { tables: TableReport[] }) {
  return (
    <Panel title="The checks, on the data as it was backed up" isFlush>
      <ReportTables tables={tables} />
    </Panel>
  );
}
