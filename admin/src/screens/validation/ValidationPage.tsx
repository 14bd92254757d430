import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { IconChecklist, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { asApiError } from "../../api/problem.ts";
import { useValidation } from "../../api/validation.ts";
import type { StoredReport, TableReport } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { Page } from "../../components/Page.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Answer, EmptyState } from "../../components/States.tsx";
import { When } from "../../components/When.tsx";
import { duration, plural } from "../../lib/format.ts";
import { compare } from "./compare.ts";
import { ExportMenu } from "./ExportMenu.tsx";
import { ReportTables } from "./ReportTables.tsx";
import { RulesPanel } from "./RulesPanel.tsx";

type Severity = "all" | "error" | "warning";

export default function ValidationPage() {
  const { last, run } = useValidation();
  const report = last.data;
  return (
    <Page
      title="Validation"
      lead="Is the data sound? The same checks run before every backup; errors stop it, warnings only tell."
      actions={
        <>
          {report && <ExportMenu report={report} />}
          <Button
            leftSection={<IconPlayerPlay size={17} aria-hidden />}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            Check now
          </Button>
        </>
      }
    >
      <div role="status" className="bc-unseen">
        {run.isPending ? "The data is being checked" : run.data ? summary(run.data.tables) : ""}
      </div>
      {run.error && (
        <FailureNote
          title="The checks could not run"
          failure={asApiError(run.error)}
        />
      )}
      <Answer query={last} skeleton={<Skeleton height={240} radius="lg" />}>
        {(data) =>
          data
            ? (
              <Report
                key={data.run_id}
                report={data}
                isNew={data.run_id === run.data?.run_id}
              />
            )
            : <Nothing />}
      </Answer>
      <RulesPanel />
    </Page>
  );
}

function Nothing() {
  return (
    <Panel>
      <EmptyState icon={IconChecklist} title="Nothing has been checked yet">
        <p>
          “Check now” looks at every table. It reads only, and takes seconds.
        </p>
      </EmptyState>
    </Panel>
  );
}

function Report({ report, isNew }: { report: StoredReport; isNew: boolean }) {
  const [severity, setSeverity] = useState<Severity>("all");
  const { tables, previous, started_at, duration_ms, backup_id } = report;
  const changes = previous ? compare(previous, tables) : undefined;
  return (
    <>
      <Verdict tables={tables} />
      <p className="bc-note">
        {isNew ? "Checked now" : backup_id ? "As of the last backup" : "As of the last check"},{" "}
        <When at={started_at} />, in {duration(duration_ms)}
        {changes && previous && (
          <>
            . Since <When at={previous.started_at} />: {changes.added === 0 && changes.fixed === 0
              ? "nothing new, nothing fixed"
              : `${plural(changes.added, "new finding")}, ${plural(changes.fixed, "fixed", "fixed")}`}
          </>
        )}
      </p>
      <Panel
        title="Tables"
        isFlush
        actions={
          <SegmentedControl
            size="xs"
            aria-label="Severity"
            value={severity}
            onChange={(value) => setSeverity(value as Severity)}
            data={[
              { value: "all", label: "Everything" },
              { value: "error", label: "Errors" },
              { value: "warning", label: "Warnings" },
            ]}
          />
        }
      >
        <ReportTables
          key={severity}
          tables={filter(tables, severity)}
          deltas={changes?.byRule}
        />
      </Panel>
    </>
  );
}

function Verdict({ tables }: { tables: TableReport[] }) {
  const errors = tables.reduce((sum, table) => sum + table.errors, 0);
  const warnings = tables.reduce((sum, table) => sum + table.warnings, 0);
  return (
    <div className="bc-totals">
      <div className="bc-total" data-tone={errors > 0 ? "delete" : undefined}>
        <span className="bc-total-number">{errors}</span>
        <span>{errors === 1 ? "error" : "errors"}</span>
      </div>
      <div className="bc-total" data-tone={warnings > 0 ? "update" : undefined}>
        <span className="bc-total-number">{warnings}</span>
        <span>{warnings === 1 ? "warning" : "warnings"}</span>
      </div>
      <div className="bc-total">
        <span className="bc-total-number">
          {tables.filter(({ status }) => status === "passed").length}
        </span>
        <span>of {plural(tables.length, "table")} without a finding</span>
      </div>
    </div>
  );
}

function summary(tables: TableReport[]): string {
  const errors = tables.reduce((sum, table) => sum + table.errors, 0);
  const warnings = tables.reduce((sum, table) => sum + table.warnings, 0);
  return `Checked: ${plural(errors, "error")}, ${plural(warnings, "warning")}`;
}

function filter(tables: TableReport[], severity: Severity): TableReport[] {
  if (severity === "all") return tables;
  return tables
    .map((table) => ({
      ...table,
      rules: table.rules.filter((rule) => rule.severity === severity && rule.status === "failed"),
    }))
    .filter(({ rules }) => rules.length > 0);
}
