import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import type { Schedule, Schedules } from "../../api/types.ts";
import { Sign, type Tone } from "../../components/Sign.tsx";
import { When } from "../../components/When.tsx";
import { frequencies } from "./schedules.ts";

const endings: Record<NonNullable<Schedule["last_status"]>, [Tone, string]> = {
  queued: ["busy", "Being made"],
  completed: ["good", "Completed"],
  blocked: ["warn", "Stopped by errors"],
  failed: ["bad", "Failed"],
};

/** When it runs next and how it went the last time, as the server has it. */
export function ScheduleRuns({ schedules }: { schedules: Schedules }) {
  const shown = frequencies.filter((frequency) => {
    const { is_enabled, last_run_at } = schedules[frequency];
    return is_enabled || last_run_at !== null;
  });
  if (shown.length === 0) return null;
  return (
    <div className="bc-runs">
      {shown.map((frequency) => {
        const { next_run_at, last_run_at } = schedules[frequency];
        const name = shown.length > 1 ? (frequency === "daily" ? " daily one" : " weekly one") : " one";
        return (
          <dl key={frequency}>
            <div>
              <dt>Next{name}</dt>
              <dd>
                {next_run_at ? <Moment at={next_run_at} /> : "switched off"}
              </dd>
            </div>
            <div>
              <dt>Last{name}</dt>
              <dd>
                {last_run_at ? <Last schedule={schedules[frequency]} at={last_run_at} /> : "none yet"}
              </dd>
            </div>
          </dl>
        );
      })}
    </div>
  );
}

function Last(
  { schedule: { last_status, last_backup_id, last_error }, at }: {
    schedule: Schedule;
    at: string;
  },
) {
  const [tone, said] = endings[last_status ?? "queued"];
  return (
    <>
      <Moment at={at} /> <Sign tone={tone}>{said}</Sign>{" "}
      {last_backup_id && (
        <Anchor component={Link} href={`/backups/${last_backup_id}`} size="sm">
          See it
        </Anchor>
      )}
      {last_error && <p className="bc-note">{last_error.message}</p>}
    </>
  );
}

function Moment({ at }: { at: string }) {
  return (
    <>
      <When at={at} />{" "}
      <span className="bc-note">
        (<When at={at} relative />)
      </span>
    </>
  );
}
