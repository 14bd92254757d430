import { Anchor, Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useState } from "react";
import type { Finding, RuleResult } from "../../api/types.ts";
import { useServices } from "../../app/services.ts";
import { CopyId } from "../../components/CopyId.tsx";
import { Sign } from "../../components/Sign.tsx";
import { count, plural } from "../../lib/format.ts";

const few = 5;

/** One rule: whether it holds, which records break it, and what to do about them. */
export function RuleFindings(
  { table, rule, delta }: { table: string; rule: RuleResult; delta?: number },
) {
  const [isLong, setLong] = useState(false);
  const shown = isLong ? rule.sample : rule.sample.slice(0, few);
  const isWrong = rule.status === "failed";
  return (
    <div className="bc-rule" data-wrong={isWrong || undefined}>
      <div className="bc-rule-head">
        <RuleSign rule={rule} />
        <span className="bc-rule-title">{rule.title}</span>
        {isWrong && <span className="bc-note">{plural(rule.violations, "record")}</span>}
        {delta !== undefined && (
          <span className="bc-delta" data-worse={delta > 0 || undefined}>
            {delta > 0 ? `${count(delta)} new` : `${count(-delta)} fixed`}
          </span>
        )}
      </div>
      {rule.reason && <p className="bc-note">{rule.reason}</p>}
      {isWrong && rule.suggestion && <p className="bc-suggestion">{rule.suggestion}</p>}
      {shown.length > 0 && (
        <ul className="bc-findings">
          {shown.map((finding, n) => <Record key={n} table={table} finding={finding} />)}
        </ul>
      )}
      {rule.sample.length > few && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => setLong(!isLong)}
        >
          {isLong ? "Show fewer" : `Show ${count(rule.sample.length - few)} more`}
        </Button>
      )}
      {isLong && rule.violations > rule.sample.length && (
        <p className="bc-note">
          {plural(rule.violations - rule.sample.length, "more record")} break this rule.
        </p>
      )}
    </div>
  );
}

function RuleSign({ rule: { status, severity } }: { rule: RuleResult }) {
  if (status === "passed") return <Sign tone="good">Holds</Sign>;
  if (status === "not_applicable") {
    return <Sign tone="idle">Not applicable</Sign>;
  }
  return severity === "error" ? <Sign tone="bad">Error</Sign> : <Sign tone="warn">Warning</Sign>;
}

function Record(
  { table, finding: { record_id, label, column, message } }: {
    table: string;
    finding: Finding;
  },
) {
  const { recordUrl } = useServices();
  const url = record_id === null ? undefined : recordUrl?.(table, record_id);
  return (
    <li>
      {label && <strong className="bc-finding-name">{label}</strong>}
      <span>{message}</span>
      {column && <span className="bc-note">{column}</span>}
      {record_id !== null && (
        <CopyId
          id={record_id}
          shown={record_id.length > 13 ? `…${record_id.slice(-12)}` : record_id}
        />
      )}
      {url && (
        <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
          Open <IconExternalLink size={13} aria-hidden />
        </Anchor>
      )}
    </li>
  );
}
