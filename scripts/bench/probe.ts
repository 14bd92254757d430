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

/** Does the work while somebody writes, and tells the longest that one write took, in seconds. */
export async function whileWriting<T>(
  { cluster }: Stack,
  work: () => Promise<T>,
): Promise<{ result: T; longest: number }> {
  const sql = postgres(cluster.project.url, {
    max: 1,
    // As text: the driver leaves out a zero.
    connection: { statement_timeout: "0", application_name: "bench probe" } as Record<string, string>,
  });
  const once = async () => {
    const answers = await sql.unsafe<{ at: string }[][]>(write).simple();
    const times = answers.filter((rows) => rows.length > 0).map(([{ at }]) => Number(at));
    return times[times.length - 1] - times[0];
  };
  let stopped = false;
  let longest = 0;
  const writing = async () => {
    while (!stopped) {
      longest = Math.max(longest, await once());
      await pause(pauseMs);
    }
  };
  try {
    // What a session has to look up for its first write is no wait.
    await once();
    const written = writing();
    const done = work().finally(() => stopped = true);
    // A probe that fails ends the bench, not only its own figure.
    const [result] = await Promise.all([done, written]);
    return { result, longest };
  } finally {
    stopped = true;
    await sql.end({ timeout: 5 });
  }
}
