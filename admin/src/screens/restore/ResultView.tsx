import { Alert, Anchor, Button, Table } from "@mantine/core";
import { IconAlertTriangle, IconArrowBackUp, IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import type { Restore } from "../../api/types.ts";
import { Panel } from "../../components/Panel.tsx";
import { When } from "../../components/When.tsx";
import { count, plural, tableName } from "../../lib/format.ts";
import { Privileges } from "./Privileges.tsx";
import { UndoDialog } from "./UndoDialog.tsx";

/** What a restore did, what the rules say now, and the way back. */
export function ResultView({ restore }: { restore: Restore }) {
  const { result } = restore;
  const [isUndoing, setUndoing] = useState(false);
  if (!result) return null;
  const { inserted, updated, deleted, skipped } = result.totals;
  const total = inserted + updated + deleted;
  // What was given is taken by an undo, and the other way round.
  const rights = restore.preview?.privileges;
  const givesRights = rights !== undefined &&
    rights.added.length + rights.removed.length > 0;
  const newErrors = result.validation && "new_errors" in result.validation
    ? result.validation.new_errors
    : [];

  return (
    <>
      <section className="bc-glance-card" data-tone="good" role="status">
        <div className="bc-glance-head">
          <IconCircleCheck size={34} stroke={1.5} aria-hidden />
          <div>
            <p className="bc-glance-say">
              {total === 0 ? "Nothing had to be changed." : said(inserted, updated, deleted)}
            </p>
            {skipped > 0 && (
              <p className="bc-note">
                {plural(skipped, "record")} were left out, because what they refer to is gone.
              </p>
            )}
            <Undo restore={restore} onUndo={() => setUndoing(true)} />
          </div>
        </div>
      </section>
      {newErrors.length > 0 && (
        <Alert
          color="amber"
          variant="light"
          title="The checks find errors that were not there before"
          icon={<IconAlertTriangle aria-hidden />}
        >
          <ul>
            {newErrors.map(({ table, rule, title, after }) => (
              <li key={rule}>{tableName(table)}: {title} ({count(after)})</li>
            ))}
          </ul>
          <Anchor component={Link} href="/validation">See them</Anchor>
        </Alert>
      )}
      {result.tables.length > 0 && (
        <Panel title="What was written" isFlush>
          <div className="bc-scroll">
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Table</Table.Th>
                  <Table.Th className="bc-number">Came back</Table.Th>
                  <Table.Th className="bc-number">Changed</Table.Th>
                  <Table.Th className="bc-number">Deleted</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {result.tables.map((table) => (
                  <Table.Tr key={table.table}>
                    <Table.Td className="bc-name">
                      {tableName(table.table)}
                    </Table.Td>
                    <Table.Td className="bc-number">
                      {count(table.inserted)}
                    </Table.Td>
                    <Table.Td className="bc-number">
                      {count(table.updated)}
                    </Table.Td>
                    <Table.Td className="bc-number">
                      {count(table.deleted)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </Panel>
      )}
      {restore.safety_backup_id && (
        <p className="bc-note">
          How it was before is in{" "}
          <Anchor
            component={Link}
            href={`/backups/${restore.safety_backup_id}`}
          >
            a backup of its own
          </Anchor>.
        </p>
      )}
      {isUndoing && (
        <UndoDialog
          restore={restore}
          needs={givesRights ? ["accept_privilege_changes"] : []}
          onClose={() => setUndoing(false)}
        >
          {rights && (
            <Privileges
              changes={{ added: rights.removed, removed: rights.added }}
              tables={restore.preview?.tables}
            />
          )}
        </UndoDialog>
      )}
    </>
  );
}

function said(inserted: number, updated: number, deleted: number): string {
  return [
    inserted > 0 && `${plural(inserted, "record")} came back`,
    updated > 0 && `${plural(updated, "record")} changed`,
    deleted > 0 && `${plural(deleted, "record")} went`,
  ].filter(Boolean).join(", ") + ".";
}

function Undo({ restore, onUndo }: { restore: Restore; onUndo: () => void }) {
  if (restore.undone_by) {
    return (
      <p className="bc-note">
        It has been undone.{" "}
        <Anchor component={Link} href={`/restore/${restore.undone_by}`}>
          See the undo
        </Anchor>
      </p>
    );
  }
  if (!restore.can_undo || !restore.undo_until) return null;
  return (
    <div className="bc-undo">
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={17} aria-hidden />}
        onClick={onUndo}
      >
        Undo
      </Button>
      <span className="bc-note">
        possible until <When at={restore.undo_until} />
      </span>
    </div>
  );
}
