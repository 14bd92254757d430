import assert from "node:assert/strict";
import { stack } from "./stack.ts";

export type Credential = Record<string, string>;

export interface Call {
  as?: Credential;
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export const secret: Credential = { apikey: stack.secretKey };
export const nobody: Credential = {};

/** Calls a function through the gateway, as a program would. */
export function call(
  method: string,
  path: string,
  { as = nobody, body, headers, signal }: Call = {},
): Promise<Response> {
  const isJson = body !== undefined && typeof body !== "string";
  return fetch(`${stack.apiUrl}/functions/v1${path}`, {
    method,
    headers: { ...(isJson ? { "content-type": "application/json" } : {}), ...as, ...headers },
    body: isJson ? JSON.stringify(body) : body as string | undefined,
    signal,
  });
}

/** The JSON of an answer that must have this status. */
// deno-lint-ignore no-explicit-any -- a test says what it expects of an answer by asserting it
export async function json(answer: Response | Promise<Response>, status = 200): Promise<any> {
  const response = await answer;
  const text = await response.text();
  assert.equal(response.status, status, text);
  return JSON.parse(text);
}

/** The problem that an answer must be: complete, and with the text that the alumni frontend shows. */
export async function problem(answer: Response | Promise<Response>, status: number, code: string) {
  const response = await answer;
  const body = await json(response, status);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  assert.equal(body.code, code);
  assert.equal(body.status, status);
  assert.equal(body.type, `urn:alumni-backup:error:${code}`);
  assert.equal(body.error, body.detail);
  assert.ok(body.title && body.detail);
  assert.equal(body.request_id, response.headers.get("x-request-id"));
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  return body;
}
