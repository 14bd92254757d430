// deno-lint-ignore-file no-console -- the one place that writes to the console
import { AppError } from "./errors.ts";

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = typeof logLevels[number];

/** Flat facts: ids, counts, codes, durations. Never secrets, never row data. */
export type LogFields = Record<
  string,
  string | number | boolean | null | undefined
>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same logger, with these fields in every line. */
  with(fields: LogFields): Logger;
}

export interface LoggerOptions {
  level: LogLevel;
  fields?: LogFields;
  clock?: () => Date;
  /** Takes one line of JSON. The default is where the platform collects logs. */
  sink?: (line: string, level: LogLevel) => void;
}

export function createLogger(options: LoggerOptions): Logger {
  const { fields = {}, clock = () => new Date(), sink = toConsole } = options;
  const threshold = logLevels.indexOf(options.level);

  function write(level: LogLevel, message: string, extra: LogFields = {}) {
    if (logLevels.indexOf(level) < threshold) return;
    const line = { time: clock().toISOString(), level, message };
    sink(JSON.stringify({ ...line, ...fields, ...extra }), level);
  }

  return {
    debug: (message, extra) => write("debug", message, extra),
    info: (message, extra) => write("info", message, extra),
    warn: (message, extra) => write("warn", message, extra),
    error: (message, extra) => write("error", message, extra),
    with: (extra) => createLogger({ ...options, fields: { ...fields, ...extra } }),
  };
}

/**
 * What may be logged of an error. The text of a database error can quote a row
 * (`Key (email)=(…) already exists`), so of those only the names are kept.
 */
export function errorFields(thrown: unknown): LogFields {
  if (!(thrown instanceof Error)) return { error: typeof thrown };
  if (thrown instanceof AppError) {
    return {
      code: thrown.code,
      error: thrown.message,
      ...(thrown.cause === undefined ? {} : causeFields(thrown.cause)),
    };
  }
  if (isDatabaseError(thrown)) {
    return {
      error: thrown.name,
      sqlstate: thrown.code,
      table: thrown.table_name,
      constraint: thrown.constraint_name,
      routine: thrown.routine,
    };
  }
  return { error: thrown.message, stack: thrown.stack };
}

function causeFields(cause: unknown): LogFields {
  const fields = errorFields(cause);
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`cause_${name}`, value]),
  );
}

interface DatabaseError extends Error {
  code: string;
  table_name?: string;
  constraint_name?: string;
  routine?: string;
}

function isDatabaseError(error: Error): error is DatabaseError {
  return error.name === "PostgresError";
}

function toConsole(line: string, level: LogLevel): void {
  if (level === "error") console.error(line);
  else if (level === "warn") console.warn(line);
  else console.log(line);
}
