import { Button, Checkbox, Radio, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { BackupDetails } from "../../api/types.ts";
import { count, enumerate, tableName } from "../../lib/format.ts";

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
  const [search, setSearch] = useState("");
  const tables: TableDetails[] = backup.table_details;
  const found = tables.filter(({ table }) => table.toLowerCase().includes(search.trim().toLowerCase()));
  const all = tables.map(({ table }) => table);

  return (
    <div className="bc-choose-tables">
      {tables.length > 12 && (
        <TextInput
          aria-label="Find a table"
          placeholder="Find a table"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
      )}
      {isSingle
        ? (
          <Radio.Group
            label="Of which table?"
            value={value[0] ?? ""}
            onChange={(table) => onChange([table])}
          >
            <div className="bc-checks">
              {found.map((table) => (
                <Radio
                  key={table.table}
                  value={table.table}
                  label={<Words table={table} />}
                />
              ))}
            </div>
          </Radio.Group>
        )
        : (
          <>
            <Checkbox.Group
              label="Which tables?"
              value={value}
              onChange={onChange}
            >
              <div className="bc-checks">
                {found.map((table) => (
                  <Checkbox
                    key={table.table}
                    value={table.table}
                    label={<Words table={table} />}
                  />
                ))}
              </div>
            </Checkbox.Group>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => onChange(value.length === all.length ? [] : all)}
            >
              {value.length === all.length ? "Choose none" : "Choose all"}
            </Button>
          </>
        )}
    </div>
  );
}

function Words(
  { table: { table, rows, referenced_by } }: { table: TableDetails },
) {
  return (
    <span>
      {tableName(table)} <span className="bc-note">{count(rows)} rows</span>
      {referenced_by.length > 0 && (
        <span className="bc-depends">
          {enumerate(referenced_by.map(tableName))} depend on it
        </span>
      )}
    </span>
  );
}
