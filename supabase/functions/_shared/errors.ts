import { type ErrorCode, errorCodes } from "./error_codes.ts";
import { withErrorText } from "./frontend_compat.ts";

export interface AppErrorOptions {
  /** What the caller can do about it. */
  hint?: string;
  /** Extra members of the problem, e.g. `{ backup_id }`. */
  members?: Record<string, unknown>;
  cause?: unknown;
}

/** An error that a caller may see: a stable code and a sentence for a person. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly hint?: string;
  readonly members: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = errorCodes[code].status;
    this.hint = options.hint;
    this.members = options.members ?? {};
  }
}

/** The body of every error answer (RFC 9457, application/problem+json). */
export interface Problem extends Record<string, unknown> {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  /** The same text as `detail`: where the existing alumni frontend looks. */
  error: string;
  hint?: string;
  request_id: string;
}

export function toProblem(error: AppError, requestId: string): Problem {
  return withErrorText({
    // Members first: an extra member can never hide one of ours.
    ...error.members,
    type: `urn:alumni-backup:error:${error.code}`,
    title: errorCodes[error.code].title,
    status: error.status,
    detail: error.message,
    code: error.code,
    ...(error.hint ? { hint: error.hint } : {}),
    request_id: requestId,
  });
}

export function problemResponse(error: AppError, requestId: string): Response {
  const headers = new Headers({ "content-type": "application/problem+json" });
  const retryAfter = error.members.retry_after;
  if (typeof retryAfter === "number") {
    headers.set("retry-after", String(Math.max(1, Math.ceil(retryAfter))));
  }
  if (Array.isArray(error.members.allow)) {
    headers.set("allow", error.members.allow.join(", "));
  }
  if (error.code === "unauthenticated") {
    headers.set("www-authenticate", "Bearer");
  }
  return new Response(JSON.stringify(toProblem(error, requestId)), {
    status: error.status,
    headers,
  });
}

/**
 * Whatever was thrown, as an error that a caller may see. What is not ours
 * becomes `internal`, with nothing of its text: that goes to the log only.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError("internal", "Something went wrong on our side.", {
    hint: "Try again; if it stays, look for the request id in the logs.",
    cause: thrown,
  });
}
