import { type Bucket, createBucket } from "./storage.ts";
import { connect, type Database } from "./database.ts";
import type { Env } from "./env.ts";
import { createLogger, type Logger } from "./logger.ts";
import { createWake, type Wake } from "./wake.ts";

/** All that an app needs of the outside world; a test gives others. */
export interface Services {
  env: Env;
  database: Database;
  bucket: Bucket;
  wake: Wake;
  log: Logger;
  clock: () => Date;
}

export interface ServiceOptions {
  fetch?: typeof fetch;
  clock?: () => Date;
  log?: Logger;
}

/** The real ones. Nothing connects before it is used. */
export function createServices(env: Env, functionName: string, options: ServiceOptions = {}): Services {
  const clock = options.clock ?? (() => new Date());
  const log = options.log ??
    createLogger({ level: env.logLevel, fields: { function: functionName }, clock });
  return {
    env,
    clock,
    log,
    database: connect({ url: env.databaseUrl, projectUrl: env.publicUrl, applicationName: functionName }),
    bucket: createBucket({ env, log, fetch: options.fetch }),
    wake: createWake({ env, log, fetch: options.fetch }),
  };
}
