import postgres from "postgres";
import { pause } from "../stack/service.ts";
import type { Stack } from "../stack/stack.ts";

/**
 * A writer who never stops: every few milliseconds a tiny update and a tiny insert in the largest table, on a
 * connection of their own. Undone at once, so that the data stays what is being measured, and always of the same row,
 * so that it hardly adds to the WAL. The server's clock tells how long each took, however busy this process is.
 */
const write = `
  select extract(epoch from clock_timestamp()) as at;
  begin;
  update public.profiles set phone = phone where id = (select users.id from auth.users limit 1);
  insert into public.profiles (id, first_name) values ('00000000-0000-4000-8000-000000000000', 'Probe');
  rollback;
  select extract(epoch from clock_timestamp()) as at`;

const pauseMs = 10;

export interface Probe {
  /** The longest that one write took, in seconds, since the probe began. */
  stop(): Promise<number>;
}

export async function probeWrites({ cluster }: Stack): Promise<Probe> {
  const sql = postgres(cluster.project.url, {
    max: 1,
    connection: { statement_timeout: 0, application_name: "bench probe" },
  });
  const once = async () => {
    const answers = await sql.unsafe<{ at: string }[][]>(write).simple();
    const times = answers.filter((rows) => rows.length > 0).map(([{ at }]) => Number(at));
    return times[times.length - 1] - times[0];
  };
  // What a session has to look up for its first write is no wait.
  await once();
  let stopped = false;
  let longest = 0;
  const writing = (async () => {
    while (!stopped) {
      longest = Math.max(longest, await once());
      await pause(pauseMs);
    }
  })();
  // Whoever stops it hears of a failure.
  writing.catch(() => {});
  return {
    async stop() {
      stopped = true;
      try {
        await writing;
      } finally {
        await sql.end({ timeout: 5 });
      }
      return longest;
    },
  };
}
