import { mustRun } from "../stack/command.ts";
import type { Stack } from "../stack/stack.ts";
import type { DataSet } from "./types.ts";

export const pipelineName = "pg_dump | gzip -1 | age";

export interface PipelineRun {
  seconds: number;
  cpuSeconds: number;
  storedBytes: number;
}

/** `$0` is pg_dump, `$1` the recipient, `$2` the file; the rest are pg_dump's arguments. */
const script = `
set -o pipefail
TIMEFORMAT='%R %U %S'
dump=$0 recipient=$1 file=$2
shift 2
time ( "$dump" "$@" | gzip -1 | age -r "$recipient" > "$file" )
`;

/** What an operator would type: the same tables, the data alone, into a file. */
export async function runPipeline({ at, cluster, keys }: Stack, { tables }: DataSet): Promise<PipelineRun> {
  const file = `${at.folder}/pipeline.sql.gz.age`;
  const chosen = tables.map(({ table }) => `--table=${table}`);
  const timed = await mustRun("bash", "bash", {
    args: [
      "-c",
      `{ ${script} } 2>&1`,
      `${cluster.programs.bin}/pg_dump`,
      keys.recipient,
      file,
      "--data-only",
      ...chosen,
    ],
    env: cluster.project.env,
  });
  const [seconds, user, system] = timed.trim().split("\n").at(-1)!.split(" ").map(Number);
  const storedBytes = Deno.statSync(file).size;
  Deno.removeSync(file);
  return { seconds, cpuSeconds: user + system, storedBytes };
}
