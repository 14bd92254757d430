import type { z } from "@hono/zod-openapi";
import { AppError } from "./errors.ts";

/** One fault of a request, and where it is: `tables.3`, `limit`. */
export interface RequestFault {
  path: string;
  message: string;
}

export function invalidRequest(target: string, error: z.core.$ZodError): AppError {
  const errors = error.issues.flatMap(faults);
  if (target === "param" && errors.some((fault) => fault.path === "id")) {
    return new AppError("invalid_id", "The id in the address is not a UUID.", { members: { errors } });
  }
  return new AppError("invalid_request", errors.map(sentence).join("; "), { members: { errors } });
}

/** Unknown fields come as one issue: a client wants each by its name. */
function faults(issue: z.core.$ZodIssue): RequestFault[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not a known field" }));
  }
  return [{ path: path.join("."), message: issue.message }];
}

function sentence({ path, message }: RequestFault): string {
  return path === "" ? message : `${path}: ${message}`;
}
