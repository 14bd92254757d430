import { Collapse, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconCircleCheck } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { TableReport } from "../../api/types.ts";
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
  return (
    <ul className="bc-report">
      {sorted.map((table) => (
        <li key={table.table}>
          <Table table={table} deltas={deltas} />
        </li>
      ))}
    </ul>
  );
}

const rank = ({ errors, warnings }: TableReport) => errors > 0 ? 0 : warnings > 0 ? 1 : 2;

function Table(
  { table, deltas }: { table: TableReport; deltas?: Map<string, number> },
) {
  const [opened, setOpened] = useState(table.errors > 0);
  const content = useId();
  const rules = table.rules.toSorted((a, b) => weight(a) - weight(b));
  return (
    <>
      <h3>
        <UnstyledButton
          className="bc-preview-head"
          aria-expanded={opened}
          aria-controls={content}
          onClick={() => setOpened(!opened)}
        >
          <IconChevronDown
            size={17}
            aria-hidden
            data-open={opened || undefined}
          />
          <span className="bc-preview-name">{tableName(table.table)}</span>
          <span className="bc-note">
            {plural(table.rows, "row")}, {plural(table.rules.length, "rule")}
          </span>
          <span className="bc-deltas">
            {table.errors + table.warnings > 0
              ? (
                <span className="bc-note">
                  {[
                    table.errors > 0 && plural(table.errors, "error"),
                    table.warnings > 0 && plural(table.warnings, "warning"),
                  ]
                    .filter(Boolean).join(", ")}
                </span>
              )
              : null}
            <ValidationSign status={table.status} />
          </span>
        </UnstyledButton>
      </h3>
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
