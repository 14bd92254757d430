import { Alert, Checkbox, NativeSelect, Radio, Textarea, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { useLiveTables } from "../../api/tables.ts";
import type { Schedule } from "../../api/types.ts";
import { TablePicker } from "../../components/TablePicker.tsx";
import { weekdayName } from "../../lib/format.ts";
import type { Frequency } from "./schedules.ts";
import { TimeZone } from "./TimeZone.tsx";

interface ScheduleFieldsProps {
  frequency: Frequency;
  wanted: Schedule;
  set: (changes: Partial<Schedule>) => void;
}

/** When one of the schedules runs, what it keeps, and what becomes of errors. */
export function ScheduleFields(
  { frequency, wanted, set }: ScheduleFieldsProps,
) {
  return (
    <div
      role="group"
      aria-label={frequency === "daily" ? "Every day" : "Every week"}
      className="bc-form"
    >
      <div className="bc-fields bc-from-top">
        {frequency === "weekly" && (
          <NativeSelect
            label="Day"
            value={String(wanted.weekday)}
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
        <TimeZone
          value={wanted.time_zone}
          onChange={(time_zone) => set({ time_zone })}
        />
      </div>
      <Tables value={wanted.tables} onChange={(tables) => set({ tables })} />
      <Override wanted={wanted} set={set} />
    </div>
  );
}

function Tables(
  { value, onChange }: {
    value: string[] | null;
    onChange: (tables: string[] | null) => void;
  },
) {
  const live = useLiveTables().data?.map(({ table }) => table) ?? [];
  // What was chosen before comes back, when somebody only looked at what the other choice means.
  const [chosen, setChosen] = useState(value ?? []);
  const isSome = value !== null;
  return (
    <>
      <Radio.Group
        label="What is backed up"
        value={isSome ? "some" : "all"}
        onChange={(scope) => onChange(scope === "some" ? chosen : null)}
      >
        <div className="bc-checks">
          <Radio value="all" label="All tables, new ones too" />
          <Radio value="some" label="Only chosen tables" />
        </div>
      </Radio.Group>
      {isSome && (
        <TablePicker
          label="Which tables?"
          description="The others cannot be brought back from it."
          options={[
            ...live.map((table) => ({ table })),
            ...value.filter((table) => !live.includes(table)).map((table) => ({
              table,
              note: <span className="bc-note">no longer there</span>,
            })),
          ]}
          value={value}
          onChange={(tables) => {
            setChosen(tables);
            onChange(tables);
          }}
        />
      )}
    </>
  );
}

function Override(
  { wanted, set }: Pick<ScheduleFieldsProps, "wanted" | "set">,
) {
  return (
    <>
      <Checkbox
        label="Back up even if the checks find errors"
        description="Otherwise errors stop it, and you are told what to repair."
        checked={wanted.override_validation}
        onChange={({ currentTarget }) => set({ override_validation: currentTarget.checked })}
      />
      {wanted.override_validation && (
        <Alert
          color="amber"
          variant="light"
          title="Nobody looks at these errors before they are kept"
          icon={<IconAlertTriangle aria-hidden />}
        >
          <p>
            A restore would bring them back, too. Better repair them; until then, say why backups are wanted
            nevertheless. It is kept with each of them.
          </p>
          <Textarea
            label="Why?"
            required
            autosize
            mt="sm"
            maxLength={4000}
            value={wanted.override_reason ?? ""}
            onChange={({ currentTarget }) => set({ override_reason: currentTarget.value })}
          />
        </Alert>
      )}
    </>
  );
}
