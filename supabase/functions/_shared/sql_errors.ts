import postgres from "postgres";
import { codeOfSqlState } from "./error_codes.ts";
import { AppError, toAppError } from "./errors.ts";

/** What the driver or the server threw, as an error that a caller may see. */
export function fromSqlError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = errorCode(thrown);
  if (thrown instanceof postgres.PostgresError) {
    return ofOurs(thrown) ?? ofServer(thrown);
  }
  if (code && connectionCodes.has(code)) return unavailable(thrown);
  return toAppError(thrown);
}

/** Class BK: message, detail (JSON members) and hint were written for people. */
function ofOurs(error: postgres.PostgresError): AppError | undefined {
  const code = codeOfSqlState(error.code);
  if (!code) return undefined;
  return new AppError(code, error.message, {
    hint: error.hint,
    members: members(error.detail),
    cause: error,
  });
}

function ofServer(error: postgres.PostgresError): AppError {
  const state = error.code;
  if (state === "55P03") {
    return new AppError("lock_timeout", "A table is locked by somebody else.", {
      hint: "Try again when the other work is done.",
      cause: error,
    });
  }
  // Too slow (statement_timeout), a deadlock, or a lost race: all may pass.
  if (["57014", "40001", "40P01", "25P03"].includes(state)) {
    return new AppError("database_busy", "The database took too long.", {
      hint: "Try again in a moment.",
      cause: error,
    });
  }
  // Text that no column can hold, e.g. "\u0000" in a note.
  if (["22021", "22P05"].includes(state)) {
    return new AppError("invalid_argument", "A text holds a NUL character.", {
      cause: error,
    });
  }
  // Connections, resources, shutdown.
  if (/^(08|53|57P)/.test(state)) return unavailable(error);
  return toAppError(error);
}

function unavailable(cause: unknown): AppError {
  return new AppError(
    "database_unavailable",
    "The database does not answer.",
    { hint: "Try again in a moment.", cause },
  );
}

function members(detail: string | undefined): Record<string, unknown> {
  if (!detail?.startsWith("{")) return {};
  try {
    return JSON.parse(detail);
  } catch {
    return {};
  }
}

function errorCode(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  return "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
}

const connectionCodes = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);
