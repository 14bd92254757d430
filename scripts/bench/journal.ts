import postgres from "postgres";
import { pause } from "../stack/service.ts";
import type { Stack } from "../stack/stack.ts";

/** From here on, until the next mark: a phase of a restore, in seconds and bytes of WAL since the journal began. */
export interface Mark {
  phase: string;
  at: number;
  wal: number;
}

/** Notes when a restore enters another phase, and where the WAL stands then: looked up every few milliseconds. */
export interface Journal {
  close(): Promise<Mark[]>;
}

/** By status and phase of a restore; any other is called by its status. */
const phases: Record<string, string> = {
  "": "request",
  "queued": "queue",
  "staging staging": "staging",
  "staging comparing": "comparison",
  "previewed": "look",
  "applying safety_backup": "safety backup",
  "applying applying": "apply",
  "applying reviewing": "review",
  "completed": "end",
};

const pauseMs = 20;

export async function watchRestores({ cluster }: Stack): Promise<Journal> {
  const sql = postgres(cluster.project.url, { max: 1, connection: { application_name: "bench journal" } });
  const look = async () => {
    const [row] = await sql<{ id: string | null; state: string; at: number; wal: number }[]>`
      select
        extract(epoch from clock_timestamp())::float8 as at,
        pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal,
        latest.restore_id as id,
        coalesce(concat_ws(' ', latest.status, latest.phase), '') as state
      from (values (true)) as always (is_there)
      left join (select * from backup.restores order by created_at desc limit 1) as latest on true`;
    return row;
  };
  const first = await look();
  const marks: Mark[] = [];
  const note = ({ state, at, wal }: Awaited<ReturnType<typeof look>>) =>
    marks.push({ phase: phases[state] ?? state, at: at - first.at, wal: wal - first.wal });
  note({ ...first, state: "" });
  let closed = false;
  const watching = (async () => {
    let state = "";
    while (!closed) {
      const seen = await look();
      // The restores before this one have ended, and are of no interest.
      if (seen.id !== first.id && seen.state !== state) {
        note(seen);
        state = seen.state;
      }
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

/** What was spent in each phase, in the order in which they came. */
export function spent(marks: Mark[], what: "at" | "wal"): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [index, { phase }] of marks.slice(0, -1).entries()) {
    sums[phase] = (sums[phase] ?? 0) + marks[index + 1][what] - marks[index][what];
  }
  return sums;
}
