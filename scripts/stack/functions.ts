import { answers, inherited, present } from "./lite.ts";
import { functionsFolder, type Ports, type Profile } from "./profile.ts";
import type { Psql } from "./psql.ts";
import type { AgeKeys, Secrets } from "./secrets.ts";
import { Service } from "./service.ts";

/**
 * The platform's isolates are small; left alone, V8 and the C library keep memory that nobody needs any more: a
 * young generation of dozens of megabytes, and freed buffers for the next one who asks.
 */
const smallHeap = "--v8-flags=--max-semi-space-size=2,--max-heap-size=96";
const freedAtOnce = { MALLOC_MMAP_THRESHOLD_: String(128 * 1024) };

/** The edge functions, one process each, with no more rights than the hosted platform gives them. */
export async function startFunctions(
  at: Profile,
  ports: Ports,
  env: Record<string, string>,
  started: (service: Service) => void,
): Promise<void> {
  const services = Object.entries(ports.functions).map(([name, port]) => {
    const service = new Service(at, {
      name,
      program: Deno.execPath(),
      args: [
        ["serve", "--host", "127.0.0.1", "--port", String(port), "--no-prompt", smallHeap],
        ["--allow-net", "--allow-env", "--allow-read", `${functionsFolder}/${name}/index.ts`],
      ].flat(),
      env: { ...inherited(), ...freedAtOnce, ...env, SUPABASE_FUNCTION_SLUG: name, NO_COLOR: "1" },
      cwd: functionsFolder,
      restarts: true,
      stopSignal: "SIGTERM",
      // It would wait for its idle connections; the platform ends isolates as it likes.
      patienceMs: 2000,
    });
    started(service);
    service.start();
    return { service, port };
  });
  await Promise.all(
    services.map(({ service, port }) => service.until(() => answers(`http://127.0.0.1:${port}/`))),
  );
}

/** The environment that the hosted platform gives a function, and our own secrets. */
export function functionEnvironment(
  ports: Ports,
  secrets: Secrets,
  keys: AgeKeys,
  database: Psql,
): Record<string, string> {
  const jwk = {
    kty: "oct",
    alg: "HS256",
    kid: secrets.jwtKeyId,
    k: btoa(secrets.jwtSecret).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
  };
  return {
    SUPABASE_URL: `http://127.0.0.1:${ports.gateway}`,
    SUPABASE_DB_URL: database.url,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: secrets.publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: secrets.secretKey }),
    SUPABASE_JWKS: JSON.stringify({ keys: [jwk] }),
    BACKUP_AGE_RECIPIENTS: keys.recipient,
    BACKUP_AGE_IDENTITY: keys.identity,
  };
}

/** Where notifications go, as far as whoever starts the stack has said so. */
export function notificationSecrets(): Record<string, string> {
  const names = ["BACKUP_WEBHOOK_URL", "BACKUP_WEBHOOK_SECRET", "BACKUP_WEBHOOK_ALLOWED_HOSTS"];
  const more = ["RESEND_API_KEY", "RESEND_API_URL", "BACKUP_EMAIL_TO", "BACKUP_EMAIL_FROM"];
  return present([...names, ...more]);
}
