import { Table } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import type { AuditEntry } from "../../api/types.ts";
import { CopyId } from "../../components/CopyId.tsx";
import { Cut } from "../../components/Cut.tsx";
import { Sign, type Tone } from "../../components/Sign.tsx";
import { EmptyState } from "../../components/States.tsx";
import { When } from "../../components/When.tsx";
import { actionName, outcomeNames } from "./words.ts";

const tones: Record<string, Tone> = {
  succeeded: "good",
  failed: "bad",
  denied: "warn",
  rate_limited: "warn",
};
const actors: Record<string, string> = {
  service: "An API key",
  system: "The system",
  nobody: "Nobody signed in",
};

export function AuditList(
  { entries, isShort = false }: { entries: AuditEntry[]; isShort?: boolean },
) {
  if (entries.length === 0) {
    return <EmptyState icon={IconListSearch} title="No entry is like that" />;
  }
  return (
    <div className="bc-scroll">
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>When</Table.Th>
            <Table.Th>What</Table.Th>
            <Table.Th className="bc-wide">Who</Table.Th>
            {!isShort && <Table.Th className="bc-wide">On</Table.Th>}
            <Table.Th>Outcome</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td>
                <When at={entry.occurred_at} />
              </Table.Td>
              <Table.Td className="bc-first">
                <span>{actionName(entry.action)}</span>
                <span className="bc-under bc-narrow">{who(entry)}</span>
              </Table.Td>
              <Table.Td className="bc-wide">
                <Cut className="bc-person" text={who(entry)} />
              </Table.Td>
              {!isShort && (
                <Table.Td className="bc-wide">
                  {entry.target ? <CopyId id={entry.target} shown={short(entry.target)} /> : "–"}
                </Table.Td>
              )}
              <Table.Td>
                <Sign tone={tones[entry.outcome] ?? "info"}>
                  {outcomeNames[entry.outcome] ?? entry.outcome}
                </Sign>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function who({ profiles, actor_name, actor_kind }: AuditEntry): string {
  const name = [profiles?.first_name, profiles?.last_name].filter(Boolean).join(
    " ",
  );
  return name || actor_name || actors[actor_kind] || "Somebody who has left";
}

const short = (target: string) => target.length > 24 ? target.slice(0, 8) : target;
