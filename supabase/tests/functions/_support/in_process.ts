import { type Env, readEnv } from "../../../functions/_shared/env.ts";
import { createLogger } from "../../../functions/_shared/logger.ts";
import { createServices } from "../../../functions/_shared/services.ts";
import { createBackupsApp } from "../../../functions/backups/app.ts";
import { secret } from "./api.ts";

interface Changed {
  env?: Partial<Env>;
  fetch?: typeof fetch;
}

export type Ask = (path: string, headers?: Record<string, string>, method?: string) => Promise<Response>;

/** The function backups, in this process and with other services than the stack's; its log, line by line. */
export async function withApp(
  changed: Changed,
  work: (ask: Ask, log: string[]) => Promise<void>,
): Promise<void> {
  const log: string[] = [];
  const services = createServices({ ...readEnv(Deno.env.toObject()), ...changed.env }, "backups", {
    fetch: changed.fetch,
    log: createLogger({ level: "info", sink: (line) => log.push(line) }),
  });
  const app = createBackupsApp(services);
  const ask: Ask = async (path, headers = secret, method = "GET") =>
    await app.fetch(new Request(`http://functions.test${path}`, { method, headers }));
  try {
    await work(ask, log);
  } finally {
    await services.database.close();
  }
}
