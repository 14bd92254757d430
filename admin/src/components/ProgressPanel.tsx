import { Progress } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";

interface ProgressProps {
  title: string;
  /** What is being done now, in a few words. */
  phase: string;
  percent: number | undefined;
  /** Numbers that follow the work. They are not read out each second; the phase is. */
  details?: ReactNode;
  actions?: ReactNode;
}

/** Work that goes on by itself, here or not. Everything shown comes from the server, so a reload loses nothing. */
export function ProgressPanel(
  { title, phase, percent, details, actions }: ProgressProps,
) {
  const said = percent === undefined ? phase : `${phase}, ${Math.round(percent)} %`;
  return (
    <section className="bc-panel bc-progress" aria-label={title}>
      <div className="bc-progress-head">
        <div>
          <h2>{title}</h2>
          <p className="bc-note" role="status">{phase}</p>
        </div>
        <div className="bc-panel-actions">
          {percent !== undefined && <span className="bc-percent">{Math.round(percent)} %</span>}
          {actions}
        </div>
      </div>
      <Progress.Root size={10} radius="xl">
        <Progress.Section
          value={percent ?? 100}
          animated={percent === undefined}
          striped={percent === undefined}
          aria-label={said}
          aria-valuetext={said}
        />
      </Progress.Root>
      {details && <div className="bc-progress-details">{details}</div>}
    </section>
  );
}

/** Now, once a second: for what runs. */
export function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
