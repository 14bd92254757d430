import { Table, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { BackupDetails } from "../../api/types.ts";
import { Cut } from "../../components/Cut.tsx";
import { Pager, usePages } from "../../components/Pager.tsx";
import { Panel } from "../../components/Panel.tsx";
import { SortHeader, type Sorting } from "../../components/SortHeader.tsx";
import { bytes, count, plural, tableName } from "../../lib/format.ts";

type Details = BackupDetails["table_details"][number];
type Column = "rows" | "raw_bytes" | "stored_bytes";

const few = 15;

/** The tables of a backup: as they were written, or the largest first; many are searched and come in pages. */
export function BackupTables({ backup }: { backup: BackupDetails }) {
  const tables: Details[] = backup.table_details;
  const [search, setSearch] = useState("");
  const [sorting, setSorting] = useState<Sorting<Column | "">>({
    sort: "",
    order: "asc",
  });
  const found = tables.filter(({ table }) => table.toLowerCase().includes(search.trim().toLowerCase()));
  const { shown, ...pages } = usePages(sorted(found, sorting), few);
  const isLong = tables.length > few;
  const sort = { sorting, setSorting };

  return (
    <Panel
      title="What is in it"
      note={plural(tables.length, "table")}
      isFlush
      actions={isLong && (
        <TextInput
          size="xs"
          aria-label="Find a table"
          placeholder="Find a table"
          leftSection={<IconSearch size={15} aria-hidden />}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
      )}
    >
      <div className="bc-scroll">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Table</Table.Th>
              <SortHeader column="rows" className="bc-number" {...sort}>
                Rows
              </SortHeader>
              <SortHeader
                column="raw_bytes"
                className="bc-number bc-wide"
                {...sort}
              >
                Raw
              </SortHeader>
              <SortHeader column="stored_bytes" className="bc-number" {...sort}>
                Stored
              </SortHeader>
              <Table.Th className="bc-number bc-wide">Columns</Table.Th>
              <Table.Th className="bc-number bc-wide">Parts</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((
              { table, rows, raw_bytes, stored_bytes, columns, parts },
            ) => (
              <Table.Tr key={table}>
                <Table.Td className="bc-first">
                  <Cut className="bc-name" text={tableName(table)} />
                </Table.Td>
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
      {isLong && (
        <Pager
          total={found.length === 0 ? "No table is called that." : plural(found.length, "table")}
          {...pages}
        />
      )}
    </Panel>
  );
}

function sorted(
  tables: Details[],
  { sort, order }: Sorting<Column | "">,
): Details[] {
  if (sort === "") return tables;
  const direction = order === "asc" ? 1 : -1;
  return tables.toSorted((a, b) => direction * (a[sort] - b[sort]));
}
