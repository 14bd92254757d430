import { Anchor, Skeleton } from "@mantine/core";
import { IconAlertTriangle, IconShieldCheck, IconShieldQuestion, IconShieldX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useHealth } from "../../api/settings.ts";
import type { HealthReport } from "../../api/types.ts";
import { Answer } from "../../components/States.tsx";
import { When } from "../../components/When.tsx";
import { ago } from "../../lib/format.ts";

/** The one question of this page: is the data safe, as of when, and does anything need a person? */
export function Glance({ isUnderWay }: { isUnderWay: boolean }) {
  const health = useHealth();
  return (
    <section className="bc-glance" aria-label="At a glance">
      <Answer query={health} skeleton={<Skeleton height={132} radius="lg" />}>
        {(report) => <Report report={report} isUnderWay={isUnderWay} />}
      </Answer>
    </section>
  );
}

function Report({ report, isUnderWay }: { report: HealthReport; isUnderWay: boolean }) {
  const { last_backup, last_drill, schedules } = report;
  const failing = report.checks.filter(({ status }) => status === "failing");
  const next = schedules.filter(({ is_enabled, next_run_at }) => is_enabled && next_run_at)
    .sort((a, b) => a.next_run_at!.localeCompare(b.next_run_at!))[0];
  const Shield = !last_backup ? IconShieldQuestion : failing.length > 0 ? IconShieldX : IconShieldCheck;

  return (
    <div
      className="bc-glance-card"
      data-tone={!last_backup ? "none" : failing.length > 0 ? "warn" : "good"}
    >
      <div className="bc-glance-head">
        <Shield size={34} stroke={1.5} aria-hidden />
        <div>
          <p className="bc-glance-say">{headline(report, failing.length, isUnderWay)}</p>
          {failing.length === 0 && last_backup && <p className="bc-note">Nothing needs your attention.</p>}
        </div>
      </div>
      <dl className="bc-facts">
        <Fact
          term="Last good backup"
          to={last_backup && `/backups/${last_backup.id}`}
        >
          {last_backup ? <When at={last_backup.completed_at} relative /> : "There is none yet"}
        </Fact>
        <Fact
          term="Last proof that it can be read back"
          to={last_drill && `/backups/${last_drill.backup_id}`}
        >
          {last_drill ? <When at={last_drill.verified_at} relative /> : "Not proven yet"}
        </Fact>
        <Fact term="Next backup by itself" to="/schedule">
          {next ? <When at={next.next_run_at!} relative /> : "No schedule is switched on"}
        </Fact>
      </dl>
      {failing.length > 0 && (
        <ul className="bc-attention" aria-label="Needs your attention">
          {failing.map(({ name, message }) => (
            <li key={name}>
              <IconAlertTriangle size={17} aria-hidden />{" "}
              <span>
                {message}{" "}
                {inSettings.has(name) && (
                  <Anchor component={Link} href="/schedule" size="sm">See the settings</Anchor>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Checks whose matter is under “Schedule”. */
const inSettings = new Set(["schedules", "deliveries", "keys"]);

function headline({ last_backup }: HealthReport, failing: number, isUnderWay: boolean): string {
  if (!last_backup) {
    return isUnderWay ? "The first backup is being made." : "There is no backup yet. Make the first one now.";
  }
  const when = ago(new Date(last_backup.completed_at));
  if (failing > 0) {
    return `Backed up ${when}, but ${
      failing === 1 ? "one thing needs" : `${failing} things need`
    } attention.`;
  }
  return `Your data was backed up ${when}.`;
}

function Fact(
  { term, to, children }: {
    term: string;
    to?: string | null;
    children: ReactNode;
  },
) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {children}
        {to && (
          <Anchor
            component={Link}
            href={to}
            size="sm"
            aria-label={`${term}: open`}
          >
            Open
          </Anchor>
        )}
      </dd>
    </div>
  );
}
