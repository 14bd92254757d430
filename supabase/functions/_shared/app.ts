import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { authenticate } from "./auth.ts";
import { readJsonBody } from "./body.ts";
import { anonymousCaller, type Caller } from "./caller.ts";
import { cors } from "./cors.ts";
import { AppError, problemResponse, toAppError } from "./errors.ts";
import { errorFields, type Logger } from "./logger.ts";
import { invalidRequest } from "./invalid_request.ts";
import type { Services } from "./services.ts";

/** What a route finds in its context. */
export interface AppEnv {
  Variables: {
    requestId: string;
    log: Logger;
    caller: Caller;
  };
}

export type App = OpenAPIHono<AppEnv>;

export interface AppOptions {
  /**
   * Requests that need no credential. Everything else, routes of tomorrow
   * included, is refused without one.
   */
  isPublic?: (request: Request) => boolean;
}

/**
 * What every HTTP function has in common: an id and a log line per request,
 * CORS, who calls, bodies, and errors as problem+json.
 */
export function createApp(services: Services, options: AppOptions = {}): App {
  const app = new OpenAPIHono<AppEnv>({
    strict: false,
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.target, result.error);
    },
  });

  app.use(requestLog(services), cors());
  app.use(signedIn(services, options.isPublic ?? (() => false)), readJsonBody());
  app.notFound((context) => answer(context, noSuchRoute(app, context)));
  app.onError((error, context) => answer(context, asAppError(error)));
  return app;
}

function requestLog({ log, clock }: Services): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const began = clock().getTime();
    const requestId = crypto.randomUUID();
    context.set("requestId", requestId);
    context.set("log", log.with({ request_id: requestId }));
    context.set("caller", anonymousCaller(context.req.raw, requestId));
    await next();
    context.header("x-request-id", requestId);
    // The path only: a query may hold the token of a download link.
    context.get("log").info("request", {
      method: context.req.method,
      path: context.req.path,
      status: context.res.status,
      duration_ms: clock().getTime() - began,
    });
  };
}

function signedIn(services: Services, isPublic: (request: Request) => boolean): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    if (!isPublic(context.req.raw)) {
      context.set("caller", await authenticate(context.req.raw, services.env, context.get("requestId")));
    }
    await next();
  };
}

function answer(context: Context<AppEnv>, error: AppError): Response {
  const log = context.get("log");
  if (error.status >= 500) log.error("request failed", errorFields(error));
  else log.info("request refused", { code: error.code });
  return problemResponse(error, context.get("requestId"));
}

function asAppError(error: Error): AppError {
  if (error instanceof HTTPException && error.status < 500) {
    return new AppError("invalid_request", error.message, { cause: error });
  }
  return toAppError(error);
}

/** No route, or only one for other methods: those are then named in `Allow`. */
function noSuchRoute(app: App, context: Context<AppEnv>): AppError {
  const { method, path } = context.req;
  const allowed = methods.filter((candidate) =>
    app.router.match(candidate, path)[0].some(([[, route]]) => route.method === candidate)
  );
  if (allowed.length === 0) {
    return new AppError("not_found", `There is nothing at ${method} ${path}.`);
  }
  if (allowed.includes("GET")) allowed.push("HEAD");
  return new AppError("method_not_allowed", `${path} does not take ${method}.`, {
    hint: `It takes ${allowed.join(", ")}.`,
    members: { allow: allowed },
  });
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
