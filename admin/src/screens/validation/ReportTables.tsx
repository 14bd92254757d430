import { Collapse, TextInput } from "@mantine/core";
import { IconCircleCheck, IconSearch } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";
import type { TableReport } from "../../api/types.ts";
import { FoldHead } from "../../components/FoldHead.tsx";
import { Pager, usePages } from "../../components/Pager.tsx";
import { ValidationSign } from "../../components/Sign.tsx";
import { EmptyState } from "../../components/States.tsx";
import { plural, tableName } from "../../lib/format.ts";
import { ruleKey } from "./compare.ts";
import { RuleFindings } from "./RuleFindings.tsx";

interface ReportTablesProps {
  tables: TableReport[];
  /** How many more findings a rule has than the last time. */
  deltas?: Map<string, number>;
}

/** A validation report, table by table; what is wrong comes first and is open. */
export function ReportTables({ tables, deltas }: ReportTablesProps) {
  if (tables.length === 0) {
    return (
      <EmptyState
        icon={IconCircleCheck}
        title="Nothing of this kind was found"
      />
    );
  }
  const sorted = tables.toSorted((a, b) => rank(a) - rank(b) || a.table.localeCompare(b.table));
  const sound = sorted.filter((table) => rank(table) === 2);
  // A few that are in order are good to see; two hundred would hide what is not.
  const isLong = sound.length > few;
  const list = (some: TableReport[]) => (
    <ul className="bc-report">
      {some.map((table) => (
        <li key={table.table}>
          <Table table={table} deltas={deltas} />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {list(isLong ? sorted.filter((table) => rank(table) < 2) : sorted)}
      {isLong && <Sound tables={sound} list={list} />}
    </>
  );
}

const few = 12;
const pageSize = 20;

function Sound(
  { tables, list }: {
    tables: TableReport[];
    list: (some: TableReport[]) => ReactNode;
  },
) {
  const [opened, setOpened] = useState(false);
  const [search, setSearch] = useState("");
  const content = useId();
  const found = tables.filter(({ table }) => table.toLowerCase().includes(search.trim().toLowerCase()));
  const { shown, ...pages } = usePages(found, pageSize);
  return (
    <div className="bc-sound">
      <FoldHead
        level="h3"
        name={`${plural(tables.length, "table")} without a finding`}
        isOpen={opened}
        onToggle={() => setOpened(!opened)}
        controls={content}
        sum={<ValidationSign status="passed" />}
      />
      <div id={content}>
        {opened && (
          <>
            <div className="bc-padded">
              <TextInput
                size="xs"
                maw={320}
                aria-label="Find a table"
                placeholder="Find a table"
                leftSection={<IconSearch size={15} aria-hidden />}
                value={search}
                onChange={({ currentTarget }) => setSearch(currentTarget.value)}
              />
            </div>
            {list(shown)}
            <Pager total={plural(found.length, "table")} {...pages} />
          </>
        )}
      </div>
    </div>
  );
}

const rank = ({ errors, warnings }: TableReport) => errors > 0 ? 0 : warnings > 0 ? 1 : 2;

function Table(
  { table, deltas }: { table: TableReport; deltas?: Map<string, number> },
) {
  const [opened, setOpened] = useState(table.errors > 0);
  const content = useId();
  const rules = table.rules.toSorted((a, b) => weight(a) - weight(b));
  const found = [
    table.errors > 0 && plural(table.errors, "error"),
    table.warnings > 0 && plural(table.warnings, "warning"),
  ].filter(Boolean);
  return (
    <>
      <FoldHead
        level="h3"
        name={tableName(table.table)}
        isOpen={opened}
        onToggle={() => setOpened(!opened)}
        controls={content}
        sum={
          <>
            {found.length > 0 && <span className="bc-note">{found.join(", ")}</span>}
            <ValidationSign status={table.status} />
          </>
        }
      >
        <span className="bc-note">
          {plural(table.rows, "row")}, {plural(table.rules.length, "rule")}
        </span>
      </FoldHead>
      <Collapse in={opened}>
        <ul id={content} className="bc-rules">
          {opened && rules.map((rule) => (
            <li key={rule.id}>
              <RuleFindings
                table={table.table}
                rule={rule}
                delta={deltas?.get(ruleKey(table.table, rule.id))}
              />
            </li>
          ))}
        </ul>
      </Collapse>
    </>
  );
}

const weight = ({ status, severity }: TableReport["rules"][number]) =>
  status === "failed" ? (severity === "error" ? 0 : 1) : status === "passed" ? 2 : 3;
