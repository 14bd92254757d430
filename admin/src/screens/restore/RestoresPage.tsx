import { Anchor, Button, Table } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { Link } from "wouter";
import { useRestores } from "../../api/restores.ts";
import type { Restore } from "../../api/types.ts";
import { Cut } from "../../components/Cut.tsx";
import { Older } from "../../components/Older.tsx";
import { Page } from "../../components/Page.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RestoreSign } from "../../components/Sign.tsx";
import { Answer, EmptyState, Lines } from "../../components/States.tsx";
import { When, WhenLink } from "../../components/When.tsx";
import { creatorName } from "../backups/words.ts";
import { modeName, scopeOf } from "./words.ts";

export default function RestoresPage() {
  const restores = useRestores();
  return (
    <Page
      title="Restore"
      lead="Look first: nothing changes until you have seen what would, and every restore can be undone."
      actions={
        <Button
          component={Link}
          href="/restore/new"
          leftSection={<IconHistory size={18} aria-hidden />}
        >
          Bring something back
        </Button>
      }
    >
      <Panel title="Restores and previews" isFlush>
        <Answer query={restores} skeleton={<Lines rows={5} height={34} />}>
          {({ pages }) => {
            const shown = pages.flatMap((page) => page.restores);
            return shown.length === 0 ? <Nothing /> : <Rows restores={shown} />;
          }}
        </Answer>
        <Older list={restores} />
      </Panel>
    </Page>
  );
}

function Nothing() {
  return (
    <EmptyState icon={IconHistory} title="Nothing has had to be restored">
      <p>
        When something is deleted or overwritten by accident, “Bring something back” leads you through it,
        step by step.
      </p>
    </EmptyState>
  );
}

function Rows({ restores }: { restores: Restore[] }) {
  return (
    <div className="bc-scroll">
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Asked for</Table.Th>
            <Table.Th className="bc-wide">State</Table.Th>
            <Table.Th className="bc-wide">By</Table.Th>
            <Table.Th className="bc-wide">Undo</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {restores.map((restore) => (
            <Table.Tr key={restore.id}>
              <Table.Td className="bc-first">
                <WhenLink
                  to={`/restore/${restore.id}`}
                  at={restore.created_at}
                />
                <span className="bc-narrow">
                  <RestoreSign status={restore.status} />
                </span>
                <span className="bc-under">
                  {modeName(restore.mode)}: {scopeOf(restore)}
                </span>
              </Table.Td>
              <Table.Td className="bc-wide">
                <RestoreSign status={restore.status} />
              </Table.Td>
              <Table.Td className="bc-wide">
                <Cut
                  className="bc-person"
                  text={creatorName({ ...restore, kind: "manual" })}
                />
              </Table.Td>
              <Table.Td className="bc-wide">
                {restore.undone_by
                  ? (
                    <Anchor
                      component={Link}
                      href={`/restore/${restore.undone_by}`}
                      size="sm"
                    >
                      Undone
                    </Anchor>
                  )
                  : restore.can_undo && restore.undo_until
                  ? (
                    <>
                      until <When at={restore.undo_until} />
                    </>
                  )
                  : "–"}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
