import { Tooltip } from "@mantine/core";
import type { BackupDetails } from "../../api/types.ts";
import { TablePicker } from "../../components/TablePicker.tsx";
import { count, enumerate, plural, tableName } from "../../lib/format.ts";

interface ChooseTablesProps {
  backup: BackupDetails;
  isSingle: boolean;
  value: string[];
  onChange: (tables: string[]) => void;
}

type TableDetails = BackupDetails["table_details"][number];

export function ChooseTables(
  { backup, isSingle, value, onChange }: ChooseTablesProps,
) {
  const tables: TableDetails[] = backup.table_details;
  return (
    <TablePicker
      label={isSingle ? "Of which table?" : "Which tables?"}
      options={tables.map((table) => ({
        table: table.table,
        note: <Words table={table} />,
      }))}
      isSingle={isSingle}
      value={value}
      onChange={onChange}
    />
  );
}

const few = 4;

function Words({ table: { rows, referenced_by } }: { table: TableDetails }) {
  const dependent = enumerate(referenced_by.map(tableName));
  return (
    <>
      <span className="bc-note">{plural(rows, "row")}</span>
      {referenced_by.length > 0 && (
        <span className="bc-depends">
          {referenced_by.length <= few
            ? `${dependent} ${referenced_by.length === 1 ? "depends" : "depend"} on it`
            : (
              <Tooltip label={dependent} multiline maw={420}>
                <span>{count(referenced_by.length)} tables depend on it</span>
              </Tooltip>
            )}
        </span>
      )}
    </>
  );
}
