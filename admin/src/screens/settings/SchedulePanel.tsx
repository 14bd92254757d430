import { Button, Group, Radio } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { asApiError } from "../../api/problem.ts";
import { useSettingsActions } from "../../api/settings.ts";
import type { Schedules } from "../../api/types.ts";
import { FailureNote } from "../../components/FailureNote.tsx";
import { OptionCard } from "../../components/OptionCard.tsx";
import { Panel } from "../../components/Panel.tsx";
import { sayDone } from "../../components/say.tsx";
import { ScheduleFields } from "./ScheduleFields.tsx";
import { ScheduleRuns } from "./ScheduleRuns.tsx";
import {
  changesOf,
  type Draft,
  frequencies,
  type Frequency,
  isComplete,
  merged,
  nothing,
  type Rhythm,
  rhythmOf,
  withRhythm,
} from "./schedules.ts";

const choices: Record<Rhythm, { name: string; says: string }> = {
  none: {
    name: "Only by hand",
    says: "Whenever somebody presses “Back up now”.",
  },
  daily: { name: "Every day", says: "At most a day is lost. Right for most." },
  weekly: { name: "Every week", says: "Enough for what rarely changes." },
  both: {
    name: "Both",
    says: "Daily, and a weekly one with settings of its own.",
  },
};

/** Whether backups are made by themselves, when, and of what. */
export function SchedulePanel({ schedules }: { schedules: Schedules }) {
  const { setSchedules } = useSettingsActions();
  const [draft, setDraft] = useState<Draft>(nothing);
  const wanted = merged(schedules, draft);
  const rhythm = rhythmOf(wanted);
  const shown = frequencies.filter((frequency) => wanted[frequency].is_enabled);
  const changes = changesOf(schedules, draft);
  const isChanged = Object.keys(changes).length > 0;
  const isReady = frequencies.every((frequency) => isComplete(wanted[frequency]));

  const discard = () => {
    setDraft(nothing);
    setSchedules.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged || !isReady || setSchedules.isPending) return;
    setSchedules.mutate(changes, {
      onSuccess: () => {
        // What was typed while it was being saved is not saved yet.
        setDraft((now) => now === draft ? nothing : now);
        sayDone("The schedule is saved.");
      },
    });
  };
  const fields = (frequency: Frequency) => (
    <ScheduleFields
      frequency={frequency}
      wanted={wanted[frequency]}
      set={(more) =>
        setDraft((now) => ({
          ...now,
          [frequency]: { ...now[frequency], ...more },
        }))}
    />
  );

  return (
    <Panel title="Backups by themselves">
      <form onSubmit={submit} className="bc-form bc-roomy">
        <Radio.Group
          aria-label="How often"
          value={rhythm}
          onChange={(value) => setDraft((now) => withRhythm(now, value as Rhythm))}
        >
          <div className="bc-cards bc-cards-beside">
            {Object.entries(choices).map(([value, { name, says }]) => (
              <OptionCard key={value} value={value} name={name} says={says} />
            ))}
          </div>
        </Radio.Group>
        <ScheduleRuns schedules={schedules} />
        {shown.length === 1 && fields(shown[0]!)}
        {shown.length === 2 && (
          <div className="bc-pair bc-apart">
            {shown.map((frequency) => (
              <div key={frequency} className="bc-form">
                <h3 className="bc-subhead">
                  {frequency === "daily" ? "Every day" : "Every week"}
                </h3>
                {fields(frequency)}
              </div>
            ))}
          </div>
        )}
        {setSchedules.error && (
          <FailureNote
            title="It was not saved"
            failure={asApiError(setSchedules.error)}
          />
        )}
        {isChanged && (
          <Group justify="flex-end">
            <Button variant="default" onClick={discard}>Discard</Button>
            <Button
              type="submit"
              disabled={!isReady}
              loading={setSchedules.isPending}
            >
              Save
            </Button>
          </Group>
        )}
      </form>
    </Panel>
  );
}
