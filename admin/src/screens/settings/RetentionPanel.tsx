import { Button, Collapse, Group, NumberInput, Table, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { type FormEvent, useMemo, useState } from "react";
import { asApiError } from "../../api/problem.ts";
import { useRetention, useRetentionPreview, useSettingsActions } from "../../api/settings.ts";
import type { Retention, RetentionPreview } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { Panel } from "../../components/Panel.tsx";
import { Answer, Lines } from "../../components/States.tsx";
import { sayDone } from "../../components/say.tsx";
import { Pager, usePages } from "../../components/Pager.tsx";
import { When } from "../../components/When.tsx";
import { bytes, plural } from "../../lib/format.ts";
import { kindNames } from "../backups/words.ts";

/** How long backups are kept; what that means for those that are there is shown before it is saved. */
export function RetentionPanel() {
  const retention = useRetention();
  return (
    <Panel
      title="Keeping and cleaning up"
      note="A backup stays while one of these rules keeps it. Those kept for good, the last good one, and those that a restore needs never go."
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
  const wanted = useMemo((): Retention => ({ ...retention, ...draft }), [
    retention,
    draft,
  ]);
  const [settled] = useDebouncedValue(wanted, 300);
  const preview = useRetentionPreview(settled);
  const isChanged = Object.entries(draft).some(([name, value]) =>
    retention[name as keyof Retention] !== value
  );
  const set = (changes: Partial<Retention>) => setDraft({ ...draft, ...changes });
  const whole = (least: number) => (value: string | number) => Math.max(Number(value) || 0, least);
  const optional = (value: string | number, unit = 1) =>
    value === "" ? null : Math.round(Number(value) * unit);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || setRetention.isPending) return;
    setRetention.mutate(draft, {
      onSuccess: () => {
        setDraft({});
        sayDone("It is saved. The clean-up follows it from now on.");
      },
    });
  };

  return (
    <form onSubmit={submit} className="bc-form">
      <div className="bc-fields bc-thirds">
        <NumberInput
          label="The newest"
          suffix={wanted.keep_last === 1 ? " backup" : " backups"}
          min={1}
          max={9999}
          allowDecimal={false}
          value={wanted.keep_last}
          onChange={(value) => set({ keep_last: whole(1)(value) })}
        />
        <NumberInput
          label="One of each day, for"
          suffix={wanted.keep_daily === 1 ? " day" : " days"}
          min={1}
          max={9999}
          allowDecimal={false}
          value={wanted.keep_daily}
          onChange={(value) => set({ keep_daily: whole(1)(value) })}
        />
        <NumberInput
          label="One of each week, for"
          suffix={wanted.keep_weekly === 1 ? " week" : " weeks"}
          min={1}
          max={9999}
          allowDecimal={false}
          value={wanted.keep_weekly}
          onChange={(value) => set({ keep_weekly: whole(1)(value) })}
        />
        <NumberInput
          label="One of each month, for"
          suffix={wanted.keep_monthly === 1 ? " month" : " months"}
          min={0}
          max={9999}
          allowDecimal={false}
          value={wanted.keep_monthly}
          onChange={(value) => set({ keep_monthly: whole(0)(value) })}
        />
        <NumberInput
          label="But none older than"
          placeholder="no limit"
          suffix={wanted.max_age_days === 1 ? " day" : " days"}
          min={1}
          allowDecimal={false}
          value={wanted.max_age_days ?? ""}
          onChange={(value) => set({ max_age_days: optional(value) })}
        />
        <NumberInput
          label="And not more in all than"
          placeholder="no limit"
          suffix=" GB"
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
  const { shown, ...pages } = usePages(preview.remove, 10);
  const { kept, kept_bytes, removed, removed_bytes } = preview.totals;
  return (
    <div role="status">
      <p className="bc-plain">
        {isDraft ? "With these rules" : "With the rules as they are"}, the next clean-up keeps{" "}
        <strong>{plural(kept, "backup")}</strong> ({bytes(kept_bytes)}) and{" "}
        {removed === 0 ? "removes none." : (
          <>
            removes <strong>{plural(removed, "backup")}</strong> ({bytes(removed_bytes)}).
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
                  {shown.map((
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
            <Pager total={plural(removed, "backup")} {...pages} />
          </Collapse>
        </>
      )}
    </div>
  );
}
