import { Hono } from "hono";
import { authenticateService } from "../_shared/auth.ts";
import { connect } from "../_shared/database.ts";
import { readEnv } from "../_shared/env.ts";
import { AppError, problemResponse, toAppError } from "../_shared/errors.ts";
import { createLogger, errorFields } from "../_shared/logger.ts";
import { createBucket } from "../_shared/storage.ts";
import { inBackground } from "../_shared/wake.ts";
import { createWorker } from "./worker.ts";

/**
 * `POST /backup-worker` with a secret key: wakes the worker and answers at once.
 * It works on until no job waits; being woken meanwhile is no harm.
 */
export function createApp(source: Record<string, string | undefined>): Hono {
  const env = readEnv(source);
  const log = createLogger({ level: env.logLevel, fields: { function: "backup-worker" } });
  const worker = createWorker({
    env,
    log,
    database: connect({ url: env.databaseUrl, applicationName: "backup-worker" }),
    bucket: createBucket({ env, log }),
  });

  const app = new Hono();
  app.post("/backup-worker", async (context) => {
    await authenticateService(context.req.raw, env, requestId(context.req.raw));
    inBackground(worker.wake());
    return context.json({ status: "accepted" }, 202);
  });
  app.all("/backup-worker", () => {
    throw new AppError("method_not_allowed", "The worker is woken with POST.");
  });
  app.notFound(() => {
    throw new AppError("not_found", "There is nothing at this address.");
  });
  app.onError((thrown, context) => {
    const error = toAppError(thrown);
    if (error.status >= 500) log.error("request failed", errorFields(thrown));
    return problemResponse(error, requestId(context.req.raw));
  });
  return app;
}

function requestId(request: Request): string {
  return request.headers.get("x-request-id") ?? crypto.randomUUID();
}
