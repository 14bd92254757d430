import { Anchor, Button, Table } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { Link } from "wouter";
import { useRestores } from "../../api/restores.ts";
import type { RestoreList } from "../../api/types.ts";
import { Page } from "../../components/Page.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RestoreSign } from "../../components/Sign.tsx";
import { Answer, EmptyState, Lines } from "../../components/States.tsx";
import { When } from "../../components/When.tsx";
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
          {(data) => data.restores.length === 0 ? <Nothing /> : <Rows data={data} />}
        </Answer>
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

function Rows({ data }: { data: RestoreList }) {
  return (
    <div className="bc-scroll">
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Asked for</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th className="bc-wide">By</Table.Th>
            <Table.Th className="bc-wide">Undo</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.restores.map((restore) => (
            <Table.Tr key={restore.id}>
              <Table.Td className="bc-first">
                <Anchor
                  component={Link}
                  href={`/restore/${restore.id}`}
                  className="bc-row-link"
                >
                  <When at={restore.created_at} />
                </Anchor>
                <span className="bc-under">
                  {modeName(restore.mode)}: {scopeOf(restore)}
                </span>
              </Table.Td>
              <Table.Td>
                <RestoreSign status={restore.status} />
              </Table.Td>
              <Table.Td className="bc-wide">
                {creatorName({ ...restore, kind: "manual" })}
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
