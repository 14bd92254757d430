import { Table } from "@mantine/core";
import type { BackupDetails } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { bytes, count, plural, tableName } from "../../lib/format.ts";

export function BackupTables({ backup }: { backup: BackupDetails }) {
  const tables = backup.table_details;
  return (
    <Panel title="What is in it" note={plural(tables.length, "table")} isFlush>
      <div className="bc-scroll">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Table</Table.Th>
              <Table.Th className="bc-number">Rows</Table.Th>
              <Table.Th className="bc-number bc-wide">Raw</Table.Th>
              <Table.Th className="bc-number">Stored</Table.Th>
              <Table.Th className="bc-number bc-wide">Columns</Table.Th>
              <Table.Th className="bc-number bc-wide">Parts</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tables.map((
              { table, rows, raw_bytes, stored_bytes, columns, parts },
            ) => (
              <Table.Tr key={table}>
                <Table.Td className="bc-name">{tableName(table)}</Table.Td>
                <Table.Td className="bc-number">{count(rows)}</Table.Td>
                <Table.Td className="bc-number bc-wide">
                  {bytes(raw_bytes)}
                </Table.Td>
                <Table.Td className="bc-number">{bytes(stored_bytes)}</Table.Td>
                <Table.Td className="bc-number bc-wide">
                  {columns.length}
                </Table.Td>
                <Table.Td className="bc-number bc-wide">{parts}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Panel>
  );
}
