import { useEffect, useState } from "react";

interface Sample {
  at: number;
  percent: number;
  bytes: number;
}

/** Milliseconds that are looked back: long enough to be calm, short enough to follow. */
const span = 20_000;

interface Work {
  percent: number;
  bytes: number;
  startedAt: string | null;
}

/**
 * How fast something goes now, and how long it will take. A page that has just been opened knows only when the work was
 * begun, and takes the mean since then; what it then sees itself counts for more and more.
 */
export function usePace({ percent, bytes, startedAt }: Work, now: number) {
  const [samples, setSamples] = useState<Sample[]>([]);
  useEffect(() => {
    const at = Date.now();
    setSamples((before) => {
      // A worker that takes over begins anew.
      const same = (before.at(-1)?.percent ?? 0) > percent ? [] : before;
      return [...same.filter((sample) => at - sample.at < span), { at, percent, bytes }];
    });
  }, [percent, bytes]);

  const whole = startedAt ? now - Date.parse(startedAt) : 0;
  const first = samples[0] ?? { at: now, percent, bytes };
  const seen = now - first.at;
  const share = Math.min(seen / span, 1);
  const rate = (done: number, before: number) =>
    (whole > 0 ? (1 - share) * (done / whole) : 0) + (seen > 0 ? share * ((done - before) / seen) : 0);

  const bytesPerSecond = rate(bytes, first.bytes) * 1000;
  const percentPerMs = rate(percent, first.percent);
  const isTelling = percent >= 3 && percent < 99 && whole > 3000 && percentPerMs > 0;
  return { bytesPerSecond, left: isTelling ? calm((100 - percent) / percentPerMs) : undefined };
}

/** In steps that grow: somebody who waits is told about when, not a number that trembles. */
function calm(milliseconds: number): number {
  const seconds = milliseconds / 1000;
  const step = seconds < 20 ? 5 : seconds < 90 ? 10 : seconds < 600 ? 60 : 300;
  return Math.max(Math.ceil(seconds / step) * step, step) * 1000;
}
