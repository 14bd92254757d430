/** A refusal or a failure, in words for a person: `message` says what happened, `hint` what to do next. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly hint?: string,
    /** The other members of the problem; what they are depends on `code`. */
    readonly members: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** Nothing answered: the person's connection, or the whole project, is down. */
export const offline = () =>
  new ApiError(
    "offline",
    0,
    "The server does not answer.",
    "Check your connection. This page goes on by itself.",
  );

export async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!isProblem(body)) {
    // Not every answer that is no success is a problem: health says with 503 what is wrong, in a report.
    const said = `The server answered with status ${response.status}.`;
    return new ApiError(
      "unexpected",
      response.status,
      said,
      undefined,
      isObject(body) ? body : {},
    );
  }
  const { code, detail, hint, ...members } = body;
  // Its hint is for those who write programs; somebody who is asked to sign in meanwhile goes on afterwards.
  if (response.status === 401) {
    return new ApiError(code, 401, "The session was over.", "Sign in again, then try once more.");
  }
  return new ApiError(code, response.status, detail, hint, members);
}

interface Problem extends Record<string, unknown> {
  code: string;
  detail: string;
  hint?: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const isProblem = (body: unknown): body is Problem => isObject(body) && "code" in body && "detail" in body;

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(
    "unexpected",
    0,
    error instanceof Error ? error.message : String(error),
  );
}
