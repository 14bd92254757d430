import { ActionIcon, Button, NativeSelect, Switch, Table } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Rule } from "../../api/types.ts";
import { useRuleActions, useRules } from "../../api/validation.ts";
import { Panel } from "../../components/Panel.tsx";
import { Lines } from "../../components/States.tsx";
import { sayError } from "../../components/say.tsx";
import { ErrorState } from "../../components/States.tsx";
import { tableName, words } from "../../lib/format.ts";
import { AddRuleDialog } from "./AddRuleDialog.tsx";

/** The rules themselves: which are on, how grave they are, and new ones. */
export function RulesPanel() {
  const rules = useRules();
  const [isAdding, setAdding] = useState(false);
  return (
    <Panel
      title="Rules"
      note="Errors stop a backup, warnings do not. A rule that is switched off is neither checked nor reported."
      isFlush
      actions={rules.data && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Add a rule
        </Button>
      )}
    >
      {rules.data && <RulesTable rules={rules.data} />}
      {rules.isPending && <Lines rows={5} height={30} />}
      {rules.isError && !rules.data && (
        <ErrorState
          error={rules.error}
          retry={() => void rules.refetch()}
        />
      )}
      {isAdding && rules.data && <AddRuleDialog onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function RulesTable({ rules }: { rules: Rule[] }) {
  return (
    <div
      className="bc-scroll bc-tall"
      tabIndex={0}
      role="region"
      aria-label="All rules"
    >
      <Table verticalSpacing="xs" stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Rule</Table.Th>
            <Table.Th>If it is broken</Table.Th>
            <Table.Th>On</Table.Th>
            <Table.Th>
              <span className="bc-unseen">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map((rule) => <RuleRow key={rule.id} rule={rule} />)}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function RuleRow({ rule }: { rule: Rule }) {
  const { change, remove } = useRuleActions();
  const onError = (error: unknown) => sayError("The rule could not be changed", error);
  return (
    <Table.Tr>
      <Table.Td className="bc-first">
        <span>{rule.title}</span>
        <span className="bc-under">
          {rule.table_name === "*" ? "every table" : tableName(rule.table_name)}
          {rule.columns.length > 0 && `: ${rule.columns.join(", ")}`} · {words(rule.kind).toLowerCase()}
          {rule.reason && ` · ${rule.reason}`}
        </span>
      </Table.Td>
      <Table.Td>
        <NativeSelect
          size="xs"
          aria-label={`If “${rule.title}” is broken`}
          value={rule.severity}
          disabled={change.isPending}
          onChange={({ currentTarget }) =>
            change.mutate({
              id: rule.id,
              severity: currentTarget.value as Rule["severity"],
            }, { onError })}
          data={[{ value: "error", label: "Error" }, {
            value: "warning",
            label: "Warning",
          }]}
        />
      </Table.Td>
      <Table.Td>
        <Switch
          aria-label={rule.title}
          checked={rule.is_enabled}
          disabled={change.isPending}
          onChange={({ currentTarget }) =>
            change.mutate({ id: rule.id, is_enabled: currentTarget.checked }, {
              onError,
            })}
        />
      </Table.Td>
      <Table.Td>
        {rule.origin === "custom" && (
          <ActionIcon
            variant="subtle"
            color="brick"
            aria-label={`Remove “${rule.title}”`}
            onClick={() => remove.mutate(rule.id, { onError })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
