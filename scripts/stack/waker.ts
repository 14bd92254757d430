import postgres from "postgres";
import { apiUrl } from "./people.ts";
import type { Ports } from "./profile.ts";
import type { Secrets } from "./secrets.ts";

/**
 * What pg_net does on the platform: when the database says NOTIFY backup_jobs, the worker is woken by HTTP. A call
 * that fails is not repeated; the sweep that pg_cron runs every minute says it again.
 */
export async function startWaker(
  ports: Ports,
  secrets: Secrets,
  databaseUrl: string,
): Promise<{ stop(): Promise<void> }> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql.listen("backup_jobs", () => {
    fetch(`${apiUrl(ports)}/functions/v1/backup-worker`, {
      method: "POST",
      headers: { apikey: secrets.secretKey },
      signal: AbortSignal.timeout(10_000),
    }).then((response) => response.body?.cancel()).catch(() => {});
  });
  return { stop: () => sql.end({ timeout: 2 }) };
}
