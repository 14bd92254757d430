import { Button, Group, Modal, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { asApiError } from "../../api/problem.ts";
import { type Rule, useRuleActions } from "../../api/validation.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { type Kind, kinds, listOf, type Parameter, parametersOf, parameterWords } from "./kinds.ts";

export function AddRuleDialog({ onClose }: { onClose: () => void }) {
  const { add } = useRuleActions();
  const [kind, setKind] = useState<Kind>("required");
  const [severity, setSeverity] = useState<Rule["severity"]>("warning");
  const [fields, setFields] = useState({ table: "", columns: "", title: "", suggestion: "", parameter: "" });
  const set = (name: keyof typeof fields) => ({
    value: fields[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setFields({ ...fields, [name]: currentTarget.value }),
  });
  const [parameter] = kinds[kind].needs as readonly Parameter[];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    add.mutate({
      table_name: fields.table.trim(),
      columns: listOf(fields.columns),
      kind,
      parameters: parametersOf(kind, fields.parameter),
      severity,
      title: fields.title.trim(),
      ...(fields.suggestion.trim() ? { suggestion: fields.suggestion.trim() } : {}),
    }, { onSuccess: onClose });
  };

  return (
    <Modal opened onClose={onClose} title="Add a rule" size="lg">
      <form onSubmit={submit} className="bc-dialog">
        <TextInput label="Table" placeholder="profiles" required {...set("table")} data-autofocus />
        <TextInput
          label="Column"
          description="Several: separated by commas"
          placeholder="phone"
          required
          {...set("columns")}
        />
        <NativeSelect
          label="What must be true"
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}
          data={Object.entries(kinds).map(([value, { says }]) => ({ value, label: says }))}
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
        {add.error && <FailureNote title="The rule was not added" failure={asApiError(add.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={add.isPending}>Add the rule</Button>
        </Group>
      </form>
    </Modal>
  );
}
