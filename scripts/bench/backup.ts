import { people, signIn } from "../stack/people.ts";
import { bytes, count, step } from "../stack/print.ts";
import type { Stack } from "../stack/stack.ts";
import { type Headers, makeBackup } from "./api.ts";
import { pipelineName, type PipelineRun, runPipeline } from "./pipeline.ts";
import { cpuSeconds, ownCpuSeconds, peakMemory } from "./process.ts";
import {
  type BenchContext,
  compare,
  type Comparison,
  type DataSet,
  type MeasuredSet,
  median,
  medians,
} from "./types.ts";
import { freshWorker, processOf } from "./worker.ts";

const limits = { time: 1.2, size: 1.25, workerBytes: 220_000_000, growth: 1.1 };

/** Our backup, from the request to the manifest, against pg_dump | gzip -1 | age into a file. */
export async function measureBackup(
  context: BenchContext,
): Promise<{ set: MeasuredSet; comparisons: Comparison[] }> {
  const { stack, data, runs, signal, earlier } = context;
  await liftRateLimit(stack);
  const worker = await freshWorker(stack);
  const headers = await signIn(stack, people.admin);
  const ours: BackupRun[] = [];
  const theirs: MeasuredPipeline[] = [];
  for (let run = 1; run <= runs; run++) {
    signal.throwIfAborted();
    ours.push(await step(`backup ${run}`, () => runBackup(stack, headers, worker), said));
    signal.throwIfAborted();
    theirs.push(await step(`pipeline ${run}`, () => measurePipeline(stack, data), said));
  }

  const workerPeakBytes = peakMemory(worker);
  const set = {
    data,
    details: { ours: summary(ours), theirs: { command: pipelineName, ...summary(theirs) } },
    phases: medians(ours.map((run) => run.phases)),
    workerPeakBytes,
  };
  return { set, comparisons: comparisons(data, ours, theirs, workerPeakBytes, earlier) };
}

interface BackupRun {
  /** From sending the request to completed_at. */
  seconds: number;
  /** From started_at to completed_at: without the request and the waking of the worker. */
  serverSeconds: number;
  phases: Record<string, number>;
  /** The worker, and the processes that serve it. */
  cpuSeconds: number;
  cpuSecondsElsewhere: Record<string, number>;
  rawBytes: number;
  storedBytes: number;
  parts: number;
  /** Of the worker, up to the end of this run. */
  peakBytes?: number;
}

/** The pipeline, and what it asked of Postgres. */
type MeasuredPipeline = PipelineRun & Pick<BackupRun, "cpuSecondsElsewhere">;

async function measurePipeline(stack: Stack, data: DataSet): Promise<MeasuredPipeline> {
  const spent = stopwatch(() => ({ postgres: cpuOf(stack, "postgres") }));
  const run = await runPipeline(stack, data);
  return { ...run, cpuSecondsElsewhere: spent() };
}

const said = (run: { seconds: number; storedBytes: number }) =>
  `${run.seconds.toFixed(2)} s, ${bytes(run.storedBytes)}`;

/** Ten backups an hour are enough for a person, not for a bench. */
async function liftRateLimit({ cluster }: Stack): Promise<void> {
  await cluster.project.rows("update backup.settings set value = value - 'create' where key = 'rate_limits'");
}

async function runBackup(
  stack: Stack,
  headers: Headers,
  worker: number,
): Promise<BackupRun> {
  const spent = stopwatch(() => ({
    worker: cpuSeconds(worker),
    postgres: cpuOf(stack, "postgres"),
    storage: cpuOf(stack, "lite"),
    // This process serves it, and started all the others.
    gateway: ownCpuSeconds(Deno.pid),
  }));
  const sentAt = Date.now();
  const backup = await makeBackup(stack, headers);
  const { worker: ofWorker, ...ofOthers } = spent();
  return {
    // Both clocks are this machine's.
    seconds: (Date.parse(backup.completed_at) - sentAt) / 1000,
    serverSeconds: (Date.parse(backup.completed_at) - Date.parse(backup.started_at)) / 1000,
    phases: await phasesOf(stack, backup.id),
    cpuSeconds: ofWorker,
    cpuSecondsElsewhere: ofOthers,
    rawBytes: backup.raw_size,
    storedBytes: backup.file_size,
    parts: backup.part_count,
    peakBytes: peakMemory(worker),
  };
}

/** CPU seconds that have been spent since, by name. */
function stopwatch<Name extends string>(read: () => Record<Name, number | undefined>) {
  const before = read();
  return () => {
    const after = read();
    const spent = (name: Name) => (after[name] ?? NaN) - (before[name] ?? NaN);
    return Object.fromEntries((Object.keys(before) as Name[]).map((name) => [name, spent(name)])) as Record<
      Name,
      number
    >;
  };
}

function cpuOf(stack: Stack, name: string): number | undefined {
  const pid = processOf(stack, name);
  return pid === undefined ? undefined : cpuSeconds(pid);
}

/** Where the time went, as the catalogue tells it: seconds of each phase. */
async function phasesOf({ cluster }: Stack, backupId: string): Promise<Record<string, number>> {
  const [[text]] = await cluster.project.rows(`
    select json_build_object(
      'queued',     extract(epoch from made.started_at - made.created_at),
      'validation', (made.validation_results ->> 'duration_ms')::numeric / 1000,
      'plan',       extract(epoch from min(part.stored_at) - made.started_at) - (made.validation_results ->> 'duration_ms')::numeric / 1000,
      'copy',       extract(epoch from max(part.stored_at) - min(part.stored_at)),
      'finish',     extract(epoch from made.completed_at - max(part.stored_at)))
    from public.backups as made
    join backup.backup_parts as part on part.backup_id = made.id
    where made.id = '${backupId}'
    group by made.id`);
  return JSON.parse(text);
}

function comparisons(
  data: DataSet,
  ours: BackupRun[],
  theirs: MeasuredPipeline[],
  workerPeakBytes: number | undefined,
  earlier: MeasuredSet[],
): Comparison[] {
  const { profiles } = data;
  const against = pipelineName;
  /** The medians of one and the same figure. */
  const both = (figure: (run: BackupRun | MeasuredPipeline) => number) => {
    return { profiles, against, ours: median(ours.map(figure)), theirs: median(theirs.map(figure)) };
  };
  const time = both((run) => run.seconds);
  const raw = median(ours.map((run) => run.rawBytes));
  const list = [
    compare({ ...time, name: "time", unit: "seconds", limit: limits.time }),
    compare({
      ...time,
      name: "COPY text per second",
      unit: "bytes per second",
      ours: raw / time.ours,
      theirs: raw / time.theirs,
    }),
    compare({ ...both((run) => run.storedBytes), name: "archive", unit: "bytes", limit: limits.size }),
  ];
  const cpu = both((run) => run.cpuSeconds);
  if (!Number.isNaN(cpu.ours)) {
    const all = both((run) =>
      Object.values(run.cpuSecondsElsewhere).reduce((sum, n) => sum + n, run.cpuSeconds)
    );
    list.push(
      compare({ ...cpu, name: "CPU of the worker", unit: "seconds" }),
      compare({ ...all, name: "CPU of all, Postgres included", unit: "seconds" }),
    );
  }
  if (workerPeakBytes === undefined) return list;
  const memory = { profiles, unit: "bytes", ours: workerPeakBytes } as const;
  list.push(compare({
    ...memory,
    name: "worker memory",
    theirs: limits.workerBytes,
    against: "what it may have",
    limit: 1,
  }));
  const [first] = earlier;
  if (first?.workerPeakBytes !== undefined) {
    list.push(compare({
      ...memory,
      name: "worker memory",
      theirs: first.workerPeakBytes,
      against: `with ${count(first.data.profiles)} profiles`,
      limit: limits.growth,
    }));
  }
  return list;
}

/** Medians of all that was measured, and every single run. */
function summary(runs: (BackupRun | MeasuredPipeline)[]) {
  const figures = runs.map((run) =>
    Object.fromEntries(Object.entries(run).filter(([, value]) => typeof value === "number")) as Record<
      string,
      number
    >
  );
  return { medians: medians(figures), runs };
}
