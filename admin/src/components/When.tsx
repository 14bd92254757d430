import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
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

/** "3 minutes ago" must not stand there for an hour. */
function useMinute(isWanted: boolean): void {
  const [, again] = useState(0);
  useEffect(() => {
    if (!isWanted) return;
    const timer = setInterval(() => again((n) => n + 1), 30_000);
    return () => clearInterval(timer);
  }, [isWanted]);
}
