import type { ChangeSchedules, Schedule, Schedules } from "../../api/types.ts";

export const frequencies = ["daily", "weekly"] as const;
export type Frequency = typeof frequencies[number];

/** What somebody has typed and not saved yet. */
export type Draft = Record<Frequency, Partial<Schedule>>;

export const nothing: Draft = { daily: {}, weekly: {} };

/** The API has two schedules, each on or off. To a person that is one choice, of four. */
export const rhythms = {
  none: [],
  daily: ["daily"],
  weekly: ["weekly"],
  both: ["daily", "weekly"],
} as const satisfies Record<string, readonly Frequency[]>;

export type Rhythm = keyof typeof rhythms;

export function rhythmOf({ daily, weekly }: Schedules): Rhythm {
  if (daily.is_enabled && weekly.is_enabled) return "both";
  return daily.is_enabled ? "daily" : weekly.is_enabled ? "weekly" : "none";
}

export function withRhythm(draft: Draft, rhythm: Rhythm): Draft {
  const enabled: readonly Frequency[] = rhythms[rhythm];
  return {
    daily: { ...draft.daily, is_enabled: enabled.includes("daily") },
    weekly: { ...draft.weekly, is_enabled: enabled.includes("weekly") },
  };
}

export const merged = (saved: Schedules, draft: Draft): Schedules => ({
  daily: { ...saved.daily, ...draft.daily },
  weekly: { ...saved.weekly, ...draft.weekly },
});

/** Only what differs is sent: what the API was told otherwise, or somebody else changes meanwhile, stays. */
export function changesOf(saved: Schedules, draft: Draft): ChangeSchedules {
  const changes = frequencies.map((frequency) => {
    const changed = Object.entries(draft[frequency]).filter(([name, value]) =>
      JSON.stringify(value) !==
        JSON.stringify(saved[frequency][name as keyof Schedule])
    );
    return [frequency, Object.fromEntries(changed)] as const;
  });
  return Object.fromEntries(
    changes.filter(([, changed]) => Object.keys(changed).length > 0),
  );
}

/** Nothing that SQL would refuse anyway, as far as a form can see it. */
export function isComplete(
  { is_enabled, tables, time, override_validation, override_reason }: Schedule,
) {
  return !is_enabled ||
    (tables?.length !== 0 && time !== "" &&
      (!override_validation || !!override_reason?.trim()));
}
