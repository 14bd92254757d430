/** How things are written for a person: in their own locale, and nowhere else than here. */

const locale = navigator.languages;

const number = new Intl.NumberFormat(locale);
const compact = new Intl.NumberFormat(locale, {
  notation: "compact",
  maximumFractionDigits: 1,
});
const moment = new Intl.DateTimeFormat(locale, {
  dateStyle: "medium",
  timeStyle: "short",
});
const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const list = new Intl.ListFormat(locale, { type: "conjunction" });
const weekday = new Intl.DateTimeFormat(locale, {
  weekday: "long",
  timeZone: "UTC",
});

export const count = (value: number) => number.format(value);
export const shortCount = (value: number) => value < 10_000 ? number.format(value) : compact.format(value);
export const dateTime = (at: Date) => moment.format(at);
export const date = (at: Date) => day.format(at);
export const time = (at: Date) => clock.format(at);
export const enumerate = (items: string[]) => list.format(items);

/** "1 row", "2 rows": plural forms are English; words are all in the screens, numbers all come through here. */
export const plural = (value: number, one: string, many = `${one}s`) =>
  `${count(value)} ${value === 1 ? one : many}`;

/** The exact moment, for hovering and for comparing with a log. */
export const utc = (at: Date) => at.toISOString().replace("T", " ").replace(/\.\d+Z$/, " UTC");

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function bytes(value: number): string {
  const power = Math.min(
    Math.floor(Math.log10(Math.max(value, 1)) / 3),
    units.length - 1,
  );
  const scaled = value / 1000 ** power;
  return amount(scaled, units[power]!, power === 0 || scaled >= 100 ? 0 : 1);
}

/** A number with its unit, as the locale writes both. */
function amount(
  value: number,
  unit: string,
  maximumFractionDigits = 0,
): string {
  const unitDisplay = unit === "byte" ? "long" : "short";
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay,
    maximumFractionDigits,
  }).format(
    value,
  );
}

export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return amount(seconds, "second", seconds < 10 ? 1 : 0);
  if (seconds < 90 * 60) return amount(seconds / 60, "minute");
  if (seconds < 36 * 3600) return amount(seconds / 3600, "hour");
  return amount(seconds / 86_400, "day");
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["minute", 60],
  ["hour", 3600],
  ["day", 86_400],
  ["month", 30 * 86_400],
  ["year", 365 * 86_400],
];

/** "3 hours ago", "in 2 days". */
export function ago(at: Date, now = Date.now()): string {
  const seconds = (at.getTime() - now) / 1000;
  if (Math.abs(seconds) < 45) return seconds > 0 ? "in a moment" : "just now";
  const [unit, size] = steps.findLast(([, size]) => Math.abs(seconds) >= size * 0.95) ?? steps[0];
  return relative.format(Math.round(seconds / size), unit);
}

/** Monday is 1, as in the API. */
export const weekdayName = (number: number) => weekday.format(new Date(Date.UTC(2024, 0, number)));

/** `public.profiles` is "profiles" to a person; tables of other schemas keep their whole name. */
export const tableName = (label: string) => label.replace(/^public\./, "");

/** "set_rule" → "Set rule" */
export const words = (name: string) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll("_", " ");

/** A value of a database row, as text. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
