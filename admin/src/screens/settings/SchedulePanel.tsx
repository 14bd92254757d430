import { Button, Group, NativeSelect, NumberInput, Switch, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { asApiError } from "../../api/problem.ts";
import { useSettingsActions } from "../../api/settings.ts";
import type { Schedule } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { Panel } from "../../components/Panel.tsx";
import { sayDone } from "../../components/say.tsx";
import { When } from "../../components/When.tsx";
import { weekdayName } from "../../lib/format.ts";

interface SchedulePanelProps {
  frequency: "daily" | "weekly";
  schedule: Schedule;
}

export function SchedulePanel({ frequency, schedule }: SchedulePanelProps) {
  const { setSchedules } = useSettingsActions();
  const [draft, setDraft] = useState<Partial<Schedule>>({});
  const zones = useId();
  const wanted = { ...schedule, ...draft };
  const isChanged = Object.entries(draft).some(([name, value]) => schedule[name as keyof Schedule] !== value);
  const set = (changes: Partial<Schedule>) => setDraft({ ...draft, ...changes });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || setSchedules.isPending) return;
    const { is_enabled, time, weekday, time_zone, keep } = wanted;
    setSchedules.mutate(
      {
        [frequency]: {
          is_enabled,
          time,
          time_zone,
          keep,
          ...(frequency === "weekly" ? { weekday } : {}),
        },
      },
      {
        onSuccess: () => {
          setDraft({});
          sayDone("The schedule is saved.");
        },
      },
    );
  };

  return (
    <Panel
      title={frequency === "daily" ? "Every day" : "Every week"}
      note={<Status schedule={schedule} />}
      actions={
        <Switch
          label={
            <>
              <span className="bc-unseen">
                {frequency === "daily" ? "Daily backups:" : "Weekly backups:"}
              </span>
              {wanted.is_enabled ? "On" : "Off"}
            </>
          }
          labelPosition="left"
          checked={wanted.is_enabled}
          onChange={({ currentTarget }) => set({ is_enabled: currentTarget.checked })}
        />
      }
    >
      <form onSubmit={submit} className="bc-form">
        <div className="bc-fields">
          {frequency === "weekly" && (
            <NativeSelect
              label="Day"
              value={String(wanted.weekday ?? 7)}
              onChange={({ currentTarget }) => set({ weekday: Number(currentTarget.value) })}
              data={[1, 2, 3, 4, 5, 6, 7].map((day) => ({
                value: String(day),
                label: weekdayName(day),
              }))}
            />
          )}
          <TextInput
            label="Time"
            type="time"
            required
            withAsterisk={false}
            value={wanted.time}
            onChange={({ currentTarget }) => set({ time: currentTarget.value })}
          />
          <TextInput
            label="Time zone"
            list={zones}
            required
            withAsterisk={false}
            value={wanted.time_zone}
            onChange={({ currentTarget }) => set({ time_zone: currentTarget.value })}
          />
          <datalist id={zones}>
            {Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}
          </datalist>
          <NumberInput
            label="Keep the last"
            min={1}
            max={1000}
            value={wanted.keep}
            onChange={(keep) => set({ keep: Number(keep) || 1 })}
            allowDecimal={false}
          />
        </div>
        {setSchedules.error && (
          <FailureNote
            title="It was not saved"
            failure={asApiError(setSchedules.error)}
          />
        )}
        {isChanged && (
          <Group justify="flex-end">
            <Button
              variant="default"
              onClick={() => setDraft({})}
            >
              Discard
            </Button>
            <Button type="submit" loading={setSchedules.isPending}>Save</Button>
          </Group>
        )}
      </form>
    </Panel>
  );
}

const endings: Record<string, string> = {
  queued: "The last one is waiting.",
  completed: "The last one went well.",
  blocked: "The last one was stopped by errors in the data.",
  failed: "The last one failed.",
};

function Status(
  { schedule: { is_enabled, next_run_at, last_status } }: {
    schedule: Schedule;
  },
) {
  return (
    <>
      {is_enabled && next_run_at
        ? (
          <>
            Next: <When at={next_run_at} />.
          </>
        )
        : "Switched off."}
      {last_status && ` ${endings[last_status]}`}
    </>
  );
}
