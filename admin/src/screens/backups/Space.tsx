import { Progress, Skeleton } from "@mantine/core";
import { useBackup, useCompletedBackups } from "../../api/backups.ts";
import type { BackupDetails } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { Answer } from "../../components/States.tsx";
import { bytes, plural, tableName } from "../../lib/format.ts";

const shades = ["pine.7", "pine.5", "amber.5", "pine.3", "gray.5"];

/** Which tables the newest backup consists of, by what they take in the bucket. */
export function Space() {
  const completed = useCompletedBackups();
  const newest = completed.data?.backups.find(({ kind }) => kind !== "safety");
  const backup = useBackup(newest?.id);
  return (
    <Panel title="What takes the space">
      <Answer query={completed} skeleton={<Skeleton height={120} />}>
        {() =>
          newest
            ? (
              <Answer query={backup} skeleton={<Skeleton height={120} />}>
                {(data) => <Shares backup={data} />}
              </Answer>
            )
            : <p className="bc-note">Appears with the first backup.</p>}
      </Answer>
    </Panel>
  );
}

function Shares({ backup }: { backup: BackupDetails }) {
  const total = backup.table_details.reduce(
    (sum, { stored_bytes }) => sum + stored_bytes,
    0,
  ) || 1;
  const shares = largest(
    backup.table_details.map(({ table, stored_bytes }) => ({
      name: tableName(table),
      size: stored_bytes,
    })),
  );
  return (
    <>
      <Progress.Root size={14} radius="sm" aria-hidden="true">
        {shares.map(({ name, size }, n) => (
          <Progress.Section
            key={name}
            value={(size / total) * 100}
            color={shades[n]}
            withAria={false}
          />
        ))}
      </Progress.Root>
      <ul className="bc-legend">
        {shares.map(({ name, size }, n) => (
          <li key={name}>
            <span className="bc-swatch" data-shade={n} aria-hidden="true" />
            <span className="bc-legend-name">{name}</span>
            <span>{bytes(size)}</span>
            <span className="bc-legend-share">
              {Math.round((size / total) * 100)} %
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The four largest, and the others as one. */
function largest(
  tables: { name: string; size: number }[],
): { name: string; size: number }[] {
  const sorted = tables.toSorted((a, b) => b.size - a.size);
  const rest = sorted.slice(4);
  if (rest.length < 2) return sorted;
  return [...sorted.slice(0, 4), {
    name: plural(rest.length, "other table"),
    size: rest.reduce((sum, { size }) => sum + size, 0),
  }];
}
