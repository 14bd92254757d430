import { type App, createApp } from "../_shared/app.ts";
import { AppError } from "../_shared/errors.ts";
import type { Services } from "../_shared/services.ts";
import { inBackground } from "../_shared/wake.ts";
import { createWorker } from "./worker.ts";

/**
 * `POST /backup-worker` with a secret key wakes the worker and answers at once.
 * It works on until no job waits; being woken meanwhile does no harm.
 */
export function createWorkerApp(services: Services): App {
  const app = createApp(services);
  const worker = createWorker(services);

  app.post("/backup-worker", (context) => {
    if (context.var.caller.claims.role !== "service_role") {
      throw new AppError("forbidden", "The worker is woken with a secret key only.", {
        hint: "Ask for a backup with POST /backups instead; that wakes it.",
      });
    }
    inBackground(worker.wake());
    return context.json({ status: "accepted" }, 202);
  });
  return app;
}
