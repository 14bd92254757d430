import { Button, Skeleton, Table } from "@mantine/core";
import { useId, useState } from "react";
import { useCompletedBackups } from "../../api/backups.ts";
import type { Backup } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { Answer } from "../../components/States.tsx";
import { bytes, count, date, dateTime } from "../../lib/format.ts";

/** Whole backups over time: a sudden step down is the first sign that rows have gone. */
export function Growth() {
  const completed = useCompletedBackups();
  const [isTable, setTable] = useState(false);
  const shown = (completed.data?.backups ?? []).filter(({ kind }) => kind !== "safety").slice(0, 30)
    .reverse();
  return (
    <Panel
      title="Rows and size over time"
      actions={shown.length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? "As a chart" : "As a table"}
        </Button>
      )}
    >
      <Answer query={completed} skeleton={<Skeleton height={120} />}>
        {() => {
          if (shown.length === 0) return <p className="bc-note">Appears with the first backup.</p>;
          return isTable ? <GrowthTable backups={shown} /> : <GrowthChart backups={shown} />;
        }}
      </Answer>
    </Panel>
  );
}

const width = 480;
const height = 96;

function GrowthChart({ backups }: { backups: Backup[] }) {
  const title = useId();
  const most = Math.max(...backups.map(({ row_count }) => row_count ?? 0), 1);
  const slots = Math.max(backups.length, 12);
  const slot = width / slots;
  const first = backups[0]!;
  const last = backups.at(-1)!;
  return (
    <figure className="bc-chart">
      <figcaption>
        <strong>{count(last.row_count ?? 0)} rows</strong> in{" "}
        {bytes(last.file_size ?? 0)}, compressed and encrypted
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-labelledby={title}
        preserveAspectRatio="none"
      >
        <title id={title}>
          {`Rows in ${backups.length} backups, from ${count(first.row_count ?? 0)} to ${
            count(last.row_count ?? 0)
          }. The same as a table: button above.`}
        </title>
        {backups.map((backup, n) => {
          const bar = Math.max(
            ((backup.row_count ?? 0) / most) * (height - 4),
            3,
          );
          return (
            <rect
              key={backup.id}
              x={n * slot + slot * 0.15}
              width={slot * 0.7}
              y={height - bar}
              height={bar}
              rx={2}
            >
              <title>
                {`${dateTime(new Date(backup.created_at))}: ${count(backup.row_count ?? 0)} rows, ${
                  bytes(backup.file_size ?? 0)
                }`}
              </title>
            </rect>
          );
        })}
      </svg>
      <div className="bc-chart-ends" aria-hidden="true" style={{ width: `${100 * backups.length / slots}%` }}>
        <span>{date(new Date(first.created_at))}</span>
        {backups.length > 1 && <span>{date(new Date(last.created_at))}</span>}
      </div>
    </figure>
  );
}

function GrowthTable({ backups }: { backups: Backup[] }) {
  return (
    <div
      className="bc-scroll"
      tabIndex={0}
      role="region"
      aria-label="Rows and size over time"
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Backup</Table.Th>
            <Table.Th>Rows</Table.Th>
            <Table.Th>Size</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {backups.toReversed().map((
            { id, created_at, row_count, file_size },
          ) => (
            <Table.Tr key={id}>
              <Table.Td>{dateTime(new Date(created_at))}</Table.Td>
              <Table.Td>{count(row_count ?? 0)}</Table.Td>
              <Table.Td>{bytes(file_size ?? 0)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
