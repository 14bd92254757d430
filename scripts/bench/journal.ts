import postgres from "postgres";
import { pause } from "../stack/service.ts";
import type { Stack } from "../stack/stack.ts";

export interface Mark {
  /** Status and phase of the restore from here on, as `staging comparing`. */
  state: string;
  /** Seconds and bytes of WAL since the journal began. */
  at: number;
  wal: number;
}

/** Notes when a restore enters another phase, and where the WAL stands then: looked up every few milliseconds. */
export interface Journal {
  close(): Promise<Mark[]>;
}

const pauseMs = 20;

export async function watchRestores({ cluster }: Stack): Promise<Journal> {
  const sql = postgres(cluster.project.url, { max: 1, connection: { application_name: "bench journal" } });
  const look = async () => {
    const [row] = await sql<{ state: string | null; at: number; wal: number }[]>`
      select
        extract(epoch from clock_timestamp())::float8 as at,
        pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal,
        (select concat_ws(' ', status, phase) from backup.restores order by created_at desc limit 1) as state`;
    return row;
  };
  const first = await look();
  const marks: Mark[] = [];
  const note = ({ state, at, wal }: Awaited<ReturnType<typeof look>>) => {
    marks.push({ state: state ?? "", at: at - first.at, wal: wal - first.wal });
  };
  note({ ...first, state: "" });
  let closed = false;
  const watching = (async () => {
    // The restores before this one have ended, and are of no interest.
    let state = first.state;
    while (!closed) {
      const seen = await look();
      if (seen.state !== state) note(seen);
      state = seen.state;
      await pause(pauseMs);
    }
    note(await look());
  })();
  // Whoever closes it hears of a failure.
  watching.catch(() => {});
  return {
    async close() {
      closed = true;
      try {
        await watching;
      } finally {
        await sql.end({ timeout: 5 });
      }
      return marks;
    },
  };
}

/** What was spent in each state, in the order in which they came. */
export function spent(marks: Mark[], what: "at" | "wal"): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [index, { state }] of marks.slice(0, -1).entries()) {
    sums[state] = (sums[state] ?? 0) + marks[index + 1][what] - marks[index][what];
  }
  return sums;
}
