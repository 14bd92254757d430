import postgres from "postgres";
import { apiUrl } from "./people.ts";
import type { Ports } from "./profile.ts";
import type { Secrets } from "./secrets.ts";
import { pause } from "./service.ts";

/**
 * What pg_net does on the platform: when the database says NOTIFY backup_jobs, the worker is woken by HTTP. A call
 * that fails is not repeated; the sweep that pg_cron runs every minute says it again.
 */
export async function startWaker(
  ports: Ports,
  secrets: Secrets,
  databaseUrl: string,
): Promise<{ stop(): Promise<void> }> {
  let isStopped = false;
  const wake = () => {
    fetch(`${apiUrl(ports)}/functions/v1/backup-worker`, {
      method: "POST",
      headers: { apikey: secrets.secretKey },
      signal: AbortSignal.timeout(10_000),
    }).then((response) => response.body?.cancel()).catch(() => {});
  };
  let listener = await listen(databaseUrl, wake);
  const listening = (async () => {
    for (;;) {
      await listener.lost;
      // The driver tries once more by itself; a server that restarts takes longer.
      while (!isStopped) {
        await pause(500);
        const again = await listen(databaseUrl, wake).catch(() => null);
        if (!again) continue;
        listener = again;
        // Something may have been said meanwhile.
        wake();
        break;
      }
      if (isStopped) return;
    }
  })();
  return {
    async stop() {
      isStopped = true;
      await listener.close();
      await listening;
    },
  };
}

/** Hears what the database says until its connections are lost. */
async function listen(databaseUrl: string, hear: () => void) {
  const loss = Promise.withResolvers<void>();
  // To listen the driver opens a connection of its own; by this other one it is noticed that the server went away.
  const sql = postgres(databaseUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    onclose: () => loss.resolve(),
  });
  const close = () => sql.end({ timeout: 2 });
  try {
    await sql.listen("backup_jobs", hear);
    await sql`select`;
  } catch (error) {
    await close();
    throw error;
  }
  return { lost: loss.promise.then(close), close };
}
