import { Anchor, Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { ago, dateTime, utc } from "../lib/format.ts";

/** A moment in the person's own words; the exact one in UTC when hovered or focused. */
export function When(
  { at, relative = false }: { at: string; relative?: boolean },
) {
  const moment = new Date(at);
  useMinute(relative);
  return (
    <Tooltip label={utc(moment)}>
      <time dateTime={at} tabIndex={0} className="bc-when">
        {relative ? ago(moment) : dateTime(moment)}
      </time>
    </Tooltip>
  );
}

/** A moment that leads to what happened then. */
export function WhenLink({ at, to }: { at: string; to: string }) {
  const moment = new Date(at);
  return (
    <Tooltip label={utc(moment)}>
      <Anchor component={Link} href={to} className="bc-row-link">
        <time dateTime={at}>{dateTime(moment)}</time>
      </Anchor>
    </Tooltip>
  );
}

/** "3 minutes ago" must not stand there for an hour. */
function useMinute(isWanted: boolean): void {
  const [, again] = useState(0);
  useEffect(() => {
    if (!isWanted) return;
    const timer = setInterval(() => again((n) => n + 1), 30_000);
    return () => clearInterval(timer);
  }, [isWanted]);
}
