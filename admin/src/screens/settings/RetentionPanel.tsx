import { Button, Collapse, Group, NumberInput, Table, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { asApiError } from "../../api/problem.ts";
import { useRetention, useRetentionPreview, useSettingsActions } from "../../api/settings.ts";
import type { Retention, RetentionPreview } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Answer, Lines } from "../../components/States.tsx";
import { sayDone } from "../../components/say.tsx";
import { When } from "../../components/When.tsx";
import { bytes, plural } from "../../lib/format.ts";
import { kindNames } from "../backups/words.ts";

/** How long backups are kept; what that means for those that are there is shown before it is saved. */
export function RetentionPanel() {
  const retention = useRetention();
  return (
    <Panel
      title="Keeping and cleaning up"
      note="A backup goes when no rule keeps it. Pinned ones, the last good one, and those that a restore needs never go."
    >
      <Answer query={retention} skeleton={<Lines rows={4} height={36} />}>
        {(data) => <Form retention={data} />}
      </Answer>
    </Panel>
  );
}

const gigabyte = 1e9;

function Form({ retention }: { retention: Retention }) {
  const { setRetention } = useSettingsActions();
  const [draft, setDraft] = useState<Partial<Retention>>({});
  const wanted: Retention = { ...retention, ...draft };
  const [settled] = useDebouncedValue(wanted, 300);
  const preview = useRetentionPreview(settled);
  const isChanged = Object.entries(draft).some(([name, value]) =>
    retention[name as keyof Retention] !== value
  );
  const set = (changes: Partial<Retention>) => setDraft({ ...draft, ...changes });
  const whole = (value: string | number) => Math.max(Number(value) || 0, 0);
  const optional = (value: string | number, unit = 1) =>
    value === "" ? null : Math.round(Number(value) * unit);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || setRetention.isPending) return;
    const { keep_last, keep_monthly, max_age_days, max_total_bytes } = wanted;
    setRetention.mutate({
      keep_last,
      keep_monthly,
      max_age_days,
      max_total_bytes,
    }, {
      onSuccess: () => {
        setDraft({});
        sayDone("It is saved. The clean-up follows it from now on.");
      },
    });
  };

  return (
    <form onSubmit={submit} className="bc-form">
      <div className="bc-fields">
        <NumberInput
          label="Keep the last"
          description="of any kind"
          min={0}
          allowDecimal={false}
          value={wanted.keep_last}
          onChange={(value) => set({ keep_last: whole(value) })}
        />
        <NumberInput
          label="And one of each month"
          description="for so many months"
          min={0}
          allowDecimal={false}
          value={wanted.keep_monthly}
          onChange={(value) => set({ keep_monthly: whole(value) })}
        />
        <NumberInput
          label="Never older than"
          description="days; empty: no limit"
          min={1}
          allowDecimal={false}
          value={wanted.max_age_days ?? ""}
          onChange={(value) => set({ max_age_days: optional(value) })}
        />
        <NumberInput
          label="Never more than"
          description="gigabytes in all; empty: no limit"
          min={0}
          value={wanted.max_total_bytes === null ? "" : wanted.max_total_bytes / gigabyte}
          onChange={(value) => set({ max_total_bytes: optional(value, gigabyte) })}
        />
      </div>
      <Answer query={preview} skeleton={<Lines rows={1} />}>
        {(data) => <Consequences preview={data} isDraft={isChanged} />}
      </Answer>
      {setRetention.error && (
        <FailureNote
          title="It was not saved"
          failure={asApiError(setRetention.error)}
        />
      )}
      {isChanged && (
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setDraft({})}>
            Discard
          </Button>
          <Button type="submit" loading={setRetention.isPending}>Save</Button>
        </Group>
      )}
    </form>
  );
}

function Consequences(
  { preview, isDraft }: { preview: RetentionPreview; isDraft: boolean },
) {
  const [opened, setOpened] = useState(false);
  const { kept, kept_bytes, removed, removed_bytes } = preview.totals;
  return (
    <div role="status">
      <p className="bc-plain">
        {isDraft ? "With these rules" : "With the rules as they are"}, the next clean-up keeps{" "}
        <strong>{plural(kept, "backup")}</strong> ({bytes(kept_bytes)}) and{" "}
        {removed === 0 ? "removes none." : (
          <>
            removes <strong>{removed}</strong> ({bytes(removed_bytes)}).
          </>
        )}
      </p>
      {removed > 0 && (
        <>
          <UnstyledButton
            className="bc-more"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <IconChevronDown
              size={16}
              aria-hidden
              data-open={opened || undefined}
            />{" "}
            Which ones?
          </UnstyledButton>
          <Collapse in={opened}>
            <div className="bc-scroll">
              <Table verticalSpacing="xs">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Backup</Table.Th>
                    <Table.Th>Kind</Table.Th>
                    <Table.Th>Why it goes</Table.Th>
                    <Table.Th className="bc-number">Size</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {preview.remove.map((
                    { id, created_at, kind, reason, file_size },
                  ) => (
                    <Table.Tr key={id}>
                      <Table.Td>
                        <When at={created_at} />
                      </Table.Td>
                      <Table.Td>{kindNames[kind]}</Table.Td>
                      <Table.Td>{reason}</Table.Td>
                      <Table.Td className="bc-number">
                        {bytes(file_size ?? 0)}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </Collapse>
        </>
      )}
    </div>
  );
}
