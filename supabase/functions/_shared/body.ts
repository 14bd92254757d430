import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { AppError } from "./errors.ts";

/** Nothing that this API takes comes near. */
export const maxBodyBytes = 1_000_000;

/**
 * Checks a body before a route sees it: not too large, and JSON. The content
 * type is not asked: supabase.functions.invoke() calls a string text/plain. No
 * body at all is as good as `{}`.
 */
export function readJsonBody(): MiddlewareHandler {
  const limit = bodyLimit({
    maxSize: maxBodyBytes,
    onError: () => {
      throw new AppError("payload_too_large", `The body is larger than ${maxBodyBytes} bytes.`, {
        members: { max_bytes: maxBodyBytes },
      });
    },
  });
  return async (context, next) => {
    if (!["POST", "PUT", "PATCH"].includes(context.req.method)) return await next();
    return await limit(context, async () => {
      const text = await context.req.raw.text();
      const headers = new Headers(context.req.raw.headers);
      headers.set("content-type", "application/json");
      headers.delete("content-length");
      context.req.raw = new Request(context.req.raw.url, {
        method: context.req.method,
        headers,
        body: checked(text),
      });
      await next();
    });
  };
}

function checked(text: string): string {
  if (text.trim() === "") return "{}";
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new AppError("invalid_json", "The body is not JSON.", {
      hint: 'Send a JSON object, e.g. {"notes": "before the import"}.',
      cause,
    });
  }
}
