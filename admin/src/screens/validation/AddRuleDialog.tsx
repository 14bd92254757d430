import { Button, Checkbox, Group, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { asApiError } from "../../api/problem.ts";
import { useLiveTables } from "../../api/tables.ts";
import type { Rule } from "../../api/types.ts";
import { useRuleActions } from "../../api/validation.ts";
import { Dialog } from "../../components/Dialog.tsx";
import { FailureNote } from "../../components/FailureNote.tsx";
import { tableName } from "../../lib/format.ts";
import { type Kind, kinds, type Parameter, parametersOf, parameterWords } from "./kinds.ts";

export function AddRuleDialog({ onClose }: { onClose: () => void }) {
  const { add } = useRuleActions();
  const [kind, setKind] = useState<Kind>("required");
  const [severity, setSeverity] = useState<Rule["severity"]>("warning");
  const [fields, setFields] = useState({
    title: "",
    suggestion: "",
    parameter: "",
  });
  const tables = useLiveTables().data ?? [];
  const [chosen, setChosen] = useState<string>();
  const [columns, setColumns] = useState<string[]>([]);
  const table = tables.find(({ table }) => table === chosen) ?? tables[0];
  const set = (name: keyof typeof fields) => ({
    value: fields[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setFields({ ...fields, [name]: currentTarget.value }),
  });
  const [parameter] = kinds[kind].needs as readonly Parameter[];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending || !table || columns.length === 0) return;
    add.mutate({
      table_name: table.table,
      columns,
      kind,
      parameters: parametersOf(kind, fields.parameter),
      severity,
      title: fields.title.trim(),
      ...(fields.suggestion.trim() ? { suggestion: fields.suggestion.trim() } : {}),
    }, { onSuccess: onClose });
  };

  return (
    <Dialog onClose={onClose} title="Add a rule">
      <form onSubmit={submit} className="bc-dialog">
        <NativeSelect
          label="Table"
          value={table?.table ?? ""}
          onChange={({ currentTarget }) => {
            setChosen(currentTarget.value);
            setColumns([]);
          }}
          data={tables.map(({ table }) => ({
            value: table,
            label: tableName(table),
          }))}
          data-autofocus
        />
        <Checkbox.Group label="Columns" value={columns} onChange={setColumns}>
          <div className="bc-checks bc-many">
            {table?.columns.map(({ name }) => <Checkbox key={name} value={name} label={name} />)}
          </div>
        </Checkbox.Group>
        <NativeSelect
          label="What must be true"
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}
          data={Object.entries(kinds).map(([value, { says }]) => ({
            value,
            label: says,
          }))}
        />
        {parameter && (
          <TextInput
            label={parameterWords[parameter].label}
            description={parameterWords[parameter].hint}
            required
            {...set("parameter")}
          />
        )}
        <TextInput
          label="In a few words"
          placeholder="Phone numbers are international"
          required
          {...set("title")}
        />
        <TextInput
          label="What to do about it"
          placeholder="Begin the number with + and the country."
          {...set("suggestion")}
        />
        <NativeSelect
          label="If it is broken"
          value={severity}
          onChange={({ currentTarget }) => setSeverity(currentTarget.value as Rule["severity"])}
          data={[{ value: "warning", label: "Warn" }, {
            value: "error",
            label: "It is an error: stop backups",
          }]}
        />
        {add.error && (
          <FailureNote
            title="The rule was not added"
            failure={asApiError(add.error)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            loading={add.isPending}
            disabled={columns.length === 0}
          >
            Add the rule
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
