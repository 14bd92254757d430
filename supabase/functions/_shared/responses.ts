import type { z } from "@hono/zod-openapi";
import { type ErrorCode, errorCodes } from "./error_codes.ts";
import { Problem } from "./schemas.ts";

/** For the description of a route: an answer in JSON. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** The errors that a route adds to those that every route can give. */
export function problems(...codes: ErrorCode[]): Record<`${number}`, ReturnType<typeof problem>> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...always, ...codes]) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...byStatus.get(status) ?? [], code]);
  }
  return Object.fromEntries(
    [...byStatus].sort(([a], [b]) => a - b).map(([status, some]) => [status, problem(some)]),
  );
}

const always: ErrorCode[] = [
  "unauthenticated",
  "forbidden",
  "internal",
  "database_unavailable",
  "database_busy",
];

function problem(codes: ErrorCode[]) {
  return {
    description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}.`).join(" "),
    content: { "application/problem+json": { schema: Problem } },
  };
}
