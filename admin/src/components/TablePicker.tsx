import { Button, Checkbox, Radio, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { count, tableName } from "../lib/format.ts";

export interface TableOption {
  table: string;
  /** What to know of it before choosing it. */
  note?: ReactNode;
}

interface TablePickerProps {
  label: string;
  description?: string;
  options: TableOption[];
  value: string[];
  onChange: (tables: string[]) => void;
  /** One of them, rather than some. */
  isSingle?: boolean;
}

const few = 12;

/** Tables to choose from, five or two hundred: many can be searched, and scroll in a place of their own. */
export function TablePicker(
  { label, description, options, value, onChange, isSingle = false }: TablePickerProps,
) {
  const [search, setSearch] = useState("");
  const text = search.trim().toLowerCase();
  const found = options.filter(({ table }) => table.toLowerCase().includes(text));
  const group = { label, description };
  const Choice = isSingle ? Radio : Checkbox;
  const choices = (
    <div className={`bc-checks ${options.length > few ? "bc-many" : ""}`}>
      {found.map(({ table, note }) => (
        <Choice
          key={table}
          value={table}
          label={
            <span className="bc-check-words">
              {tableName(table)} {note}
            </span>
          }
        />
      ))}
    </div>
  );

  return (
    <div className="bc-picker">
      {isSingle
        ? (
          <Radio.Group
            {...group}
            value={value[0] ?? ""}
            onChange={(table) => onChange([table])}
          >
            <Search
              isShown={options.length > few}
              value={search}
              onChange={setSearch}
            />
            {choices}
          </Radio.Group>
        )
        : (
          <Checkbox.Group {...group} value={value} onChange={onChange}>
            <Search
              isShown={options.length > few}
              value={search}
              onChange={setSearch}
            />
            {choices}
          </Checkbox.Group>
        )}
      {found.length === 0 && <p className="bc-note" role="status">No table is called that.</p>}
      {!isSingle && (
        <All
          found={found}
          total={options.length}
          value={value}
          onChange={onChange}
        />
      )}
    </div>
  );
}

function Search(
  { isShown, value, onChange }: {
    isShown: boolean;
    value: string;
    onChange: (text: string) => void;
  },
) {
  if (!isShown) return null;
  return (
    <TextInput
      className="bc-picker-search"
      size="xs"
      aria-label="Find a table"
      placeholder="Find a table"
      leftSection={<IconSearch size={15} aria-hidden />}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** All that are shown at once: after a search, those that were found. */
function All(
  { found, total, value, onChange }: {
    found: TableOption[];
    total: number;
    value: string[];
    onChange: (tables: string[]) => void;
  },
) {
  const names = found.map(({ table }) => table);
  const isEach = names.length > 0 &&
    names.every((table) => value.includes(table));
  const others = value.filter((table) => !names.includes(table));
  const which = found.length === total ? "all" : `these ${count(found.length)}`;
  return (
    <div className="bc-picker-foot">
      <Button
        variant="subtle"
        size="compact-sm"
        disabled={names.length === 0}
        onClick={() => onChange(isEach ? others : [...others, ...names])}
      >
        {!isEach ? `Choose ${which}` : found.length === total ? "Choose none" : `Leave out ${which}`}
      </Button>
      <span className="bc-note" role="status">
        {count(value.length)} of {count(total)} chosen
      </span>
    </div>
  );
}
