import { Alert, Anchor } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Preview } from "../../api/types.ts";
import { count, enumerate, plural, tableName } from "../../lib/format.ts";
import { Privileges } from "./Privileges.tsx";
import { RecordKeys } from "./RecordKeys.tsx";
import { consents } from "./words.ts";

/** What stands in the way first, then what somebody has to accept, then what is good to know. */
export function Warnings({ preview, backupId }: { preview: Preview; backupId: string | null }) {
  const {
    blocking,
    needs,
    privileges,
    cascades,
    orphans,
    violations,
    source,
    new_tables,
    tables,
  } = preview;
  const drift = tables.flatMap(({ table, drift }) =>
    drift.filter(({ is_blocking }) => !is_blocking).map((one) => ({
      table,
      ...one,
    }))
  );
  const harmless = cascades.filter(({ rows }) => rows > 0);
  return (
    <div className="bc-warnings">
      {blocking.length > 0 && (
        <Note tone="stop" title="This stops the restore">
          <ul>
            {blocking.map(({ table, message }, n) => (
              <li key={n}>
                <strong>{tableName(table)}</strong>: {message}
                <RecordKeys rows={inTheWay(preview, table)} />
              </li>
            ))}
          </ul>
          {backupId && (
            <p>
              Until that is mended, the other tables can come back without it:{" "}
              <Anchor component={Link} href={`/restore/new/${backupId}`}>choose some tables</Anchor>.
            </p>
          )}
        </Note>
      )}
      {(privileges.added.length > 0 || privileges.removed.length > 0) && (
        <Note tone="warn" title={consents.accept_privilege_changes.title}>
          <Privileges changes={privileges} tables={tables} />
        </Note>
      )}
      {harmless.length > 0 && (
        <Note
          tone={needs.includes("accept_cascade") ? "warn" : "info"}
          title={consents.accept_cascade.title}
        >
          <ul>
            {harmless.map(({ table, constraint, references, rows, action }) => (
              <li key={constraint}>
                {plural(rows, "record")} of <strong>{tableName(table)}</strong> {action === "delete"
                  ? "would be deleted"
                  : action === "set null"
                  ? "would no longer be linked"
                  : "would point at nothing"}, because {tableName(references)} changes.
              </li>
            ))}
          </ul>
        </Note>
      )}
      {orphans.length > 0 && (
        <Note tone="warn" title={consents.skip_orphans.title}>
          <ul>
            {orphans.map(({ table, constraint, references, rows }) => (
              <li key={constraint}>
                {plural(rows, "record")} of <strong>{tableName(table)}</strong>{" "}
                cannot come back: what they refer to in {tableName(references)}{" "}
                is gone, and not in this backup.
              </li>
            ))}
          </ul>
        </Note>
      )}
      {source.is_foreign && (
        <Note tone="warn" title={consents.accept_foreign_source.title}>
          <p>
            {source.database
              ? `It comes from the database ${source.database} of another project.`
              : "It comes from another project."}
          </p>
        </Note>
      )}
      {violations.filter(({ is_blocking }) => !is_blocking).map((
        { table, constraint, message, rows },
      ) => (
        <Note
          key={constraint}
          tone="info"
          title={`${tableName(table)}: ${count(rows)} records`}
        >
          <p>{message}</p>
        </Note>
      ))}
      {(drift.length > 0 || new_tables.length > 0) && (
        <Note tone="info" title="The tables have changed since the backup">
          <ul>
            {drift.map(({ table, message }, n) => (
              <li key={n}>
                <strong>{tableName(table)}</strong>: {message}
              </li>
            ))}
            {new_tables.length > 0 && (
              <li>
                Not in the backup, so left alone: {enumerate(new_tables.map(tableName))}
              </li>
            )}
          </ul>
        </Note>
      )}
    </div>
  );
}

/** The first records that a table cannot be compared for. */
const inTheWay = ({ tables }: Preview, table: string): unknown[] =>
  tables.filter((one) => one.table === table)
    .flatMap(({ drift }) => drift)
    .flatMap(({ is_blocking, sample }) => is_blocking ? sample ?? [] : []);

const looks = {
  stop: { color: "brick", icon: IconBan },
  warn: { color: "amber", icon: IconAlertTriangle },
  info: { color: "gray", icon: IconInfoCircle },
} as const;

function Note(
  { tone, title, children }: {
    tone: keyof typeof looks;
    title: string;
    children: ReactNode;
  },
) {
  const { color, icon: Icon } = looks[tone];
  return (
    <Alert
      color={color}
      variant="light"
      title={title}
      icon={<Icon aria-hidden />}
      className="bc-warning"
    >
      {children}
    </Alert>
  );
}
