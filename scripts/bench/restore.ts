import { Failure } from "../stack/failure.ts";
import { asSecret } from "../stack/people.ts";
import { bytes, step } from "../stack/print.ts";
import { pause } from "../stack/service.ts";
import type { Stack } from "../stack/stack.ts";
import { backupsUrl, call, type Headers, makeBackup, post } from "./api.ts";
import { tidy } from "./data.ts";
import { edit, fingerprint, prepareTables } from "./edit.ts";
import { spent, watchRestores } from "./journal.ts";
import { whileWriting } from "./probe.ts";
import { peakMemory } from "./process.ts";
import { prepareReload, type Reload, reloadName } from "./reload.ts";
import {
  type BenchContext,
  compare,
  type Comparison,
  type DataSet,
  type MeasuredSet,
  median,
  medians,
} from "./types.ts";
import { freshWorker } from "./worker.ts";

const limits = {
  unchanged: { time: 0.35 },
  few: { time: 0.8, wal: 0.1, lockedOut: 0.3 },
  all: { time: 1.5 },
};

/** Preview and apply of what has changed since a backup, against psql that empties the tables and loads them again. */
export async function measureRestore(
  { stack, data, runs, changed = 1, afterCheckpoint = false, signal }: BenchContext,
): Promise<{ set: MeasuredSet; comparisons: Comparison[] }> {
  const headers = asSecret(stack);
  await prepareTables(stack);
  const reload = await step("files for psql", () => prepareReload(stack));
  const backedUp = await fingerprint(stack);
  const worker = await freshWorker(stack);
  const ours: RestoreRun[] = [];
  const theirs: ReloadRun[] = [];
  for (let run = 1; run <= runs; run++) {
    signal.throwIfAborted();
    const backup = await step(`backup ${run}`, () => makeBackup(stack, headers));
    await edit(stack, changed, afterCheckpoint);
    const restore = () => runRestore(stack, headers, backup.id, changed);
    ours.push(await step(`restore ${run}`, restore, said));
    await assertRestored(stack, backedUp, "Our restore");
    signal.throwIfAborted();
    await edit(stack, changed, afterCheckpoint);
    theirs.push(await step(`psql ${run}`, () => runReload(stack, reload), said));
    await assertRestored(stack, backedUp, "psql");
    await tidy(stack);
  }
  const set = {
    data,
    changed,
    afterCheckpoint,
    details: { ours, theirs: { command: reloadName, runs: theirs } },
    phases: medians(ours.map((run) => run.phases)),
    workerPeakBytes: peakMemory(worker),
  };
  return { set, comparisons: comparisons(data, changed, ours, theirs) };
}

interface RestoreRun {
  /** Preview and apply: what has to be done before the data is in place. */
  seconds: number;
  /** From sending the request to previewed_at. */
  previewSeconds: number;
  /** From the end of the safety backup to the commit. */
  applySeconds: number;
  /** From sending the request to apply to the end of the safety backup. */
  safetyBackupSeconds: number;
  /** From the commit to the end: all rules once more. */
  reviewSeconds: number;
  /** As `seconds`. */
  walBytes: number;
  safetyBackupWalBytes: number;
  reviewWalBytes: number;
  /** The longest that a writer had to wait. */
  lockedOutSeconds: number;
  /** Seconds of each phase, as seen from outside. */
  phases: Record<string, number>;
  totals: Record<string, number> | null;
  result: unknown;
}

interface ReloadRun {
  seconds: number;
  walBytes: number;
  lockedOutSeconds: number;
}

const said = (run: ReloadRun) =>
  `${run.seconds.toFixed(2)} s, ${bytes(run.walBytes)} of WAL, writers locked out for ${
    run.lockedOutSeconds.toFixed(2)
  } s`;

interface Restore {
  id: string;
  status: string;
  previewed_at: string;
  error: { message: string } | null;
  preview: { totals: Record<string, number> } | null;
  result: { locked_ms: number; duration_ms: number } | null;
}

async function runRestore(
  stack: Stack,
  headers: Headers,
  backupId: string,
  changed: number,
): Promise<RestoreRun> {
  const journal = await watchRestores(stack);
  const until = (id: string, status: string) => reached(stack, headers, id, status);
  let askedAt = NaN;
  const restore = async () => {
    askedAt = Date.now();
    const { restoreId } = await post<{ restoreId: string }>(
      backupsUrl(stack, `/${backupId}/preview`),
      headers,
      {},
    );
    const previewed = await until(restoreId, "previewed");
    if (changed === 0) return previewed;
    // Emptied tables have lost the administrators as well.
    const accepted = { restore_id: restoreId, accept_privilege_changes: true };
    await post(backupsUrl(stack, `/${backupId}/restore`), headers, accepted);
    return await until(restoreId, "completed");
  };
  const { result: { id, previewed_at, preview, result }, longest } = await whileWriting(stack, restore);
  const marks = await journal.close();
  if (changed === 0) await call(backupsUrl(stack, `/restores/${id}`), { method: "DELETE", headers });
  const seconds = spent(marks, "at");
  const wal = spent(marks, "wal");
  const { "safety backup": safetyBackup, apply, review, ...before } = wal;
  const previewSeconds = secondsBetween(askedAt, previewed_at);
  return {
    seconds: previewSeconds + (seconds.apply ?? 0),
    previewSeconds,
    applySeconds: seconds.apply ?? 0,
    safetyBackupSeconds: seconds["safety backup"] ?? 0,
    reviewSeconds: seconds.review ?? 0,
    walBytes: Object.values(before).reduce((sum, n) => sum + n, apply ?? 0),
    safetyBackupWalBytes: safetyBackup ?? 0,
    reviewWalBytes: review ?? 0,
    lockedOutSeconds: longest,
    phases: seconds,
    totals: preview?.totals ?? null,
    result,
  };
}

async function reached(stack: Stack, headers: Headers, id: string, status: string): Promise<Restore> {
  for (;;) {
    const { restore } = await call<{ restore: Restore }>(backupsUrl(stack, `/restores/${id}`), { headers });
    if (restore.status === status) return restore;
    if (["failed", "expired", "discarded"].includes(restore.status)) {
      throw new Failure(`A restore ended ${restore.status}: ${restore.error?.message ?? ""}`, {
        log: `${stack.at.logs}/backup-worker.log`,
      });
    }
    // Times are read from the row, so looking less often costs no precision.
    await pause(100);
  }
}

/** Both clocks are this machine's. */
const secondsBetween = (from: number, to: string) => (Date.parse(to) - from) / 1000;

async function runReload(stack: Stack, reload: Reload): Promise<ReloadRun> {
  const before = await walPosition(stack);
  const { result: seconds, longest } = await whileWriting(stack, async () => {
    const began = performance.now();
    await reload.run();
    return (performance.now() - began) / 1000;
  });
  return { seconds, walBytes: await walPosition(stack) - before, lockedOutSeconds: longest };
}

const walPosition = async ({ cluster }: Stack) =>
  Number(await cluster.project.value("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"));

/** Whoever does not bring the rows back has not done the work. */
async function assertRestored(stack: Stack, expected: string, whose: string): Promise<void> {
  if (await fingerprint(stack) === expected) return;
  throw new Failure(`${whose} has left other rows than were backed up.`);
}

function comparisons(
  { profiles }: DataSet,
  changed: number,
  ours: RestoreRun[],
  theirs: ReloadRun[],
): Comparison[] {
  const theirMedian = (figure: keyof ReloadRun) => median(theirs.map((run) => run[figure]));
  const ourMedian = (figure: (run: RestoreRun) => number) => median(ours.map(figure));
  const of = { profiles, changed, against: reloadName };
  const time = { ...of, unit: "seconds", theirs: theirMedian("seconds") } as const;
  const wal = { ...of, unit: "bytes", theirs: theirMedian("walBytes") } as const;
  const lockedOut = compare({
    ...of,
    name: "writers locked out",
    unit: "seconds",
    ours: ourMedian((run) => run.lockedOutSeconds),
    theirs: theirMedian("lockedOutSeconds"),
    limit: limitsOf(changed).lockedOut,
  });
  if (changed === 0) {
    return [
      compare({
        ...time,
        name: "preview",
        ours: ourMedian((run) => run.seconds),
        limit: limits.unchanged.time,
      }),
      compare({ ...wal, name: "WAL", ours: ourMedian((run) => run.walBytes) }),
      lockedOut,
    ];
  }
  const limit = limitsOf(changed);
  const afterwards = (run: RestoreRun) => run.safetyBackupSeconds + run.reviewSeconds;
  return [
    compare({ ...time, name: "preview + apply", ours: ourMedian((run) => run.seconds), limit: limit.time }),
    compare({ ...time, name: "· preview", ours: ourMedian((run) => run.previewSeconds) }),
    compare({ ...time, name: "· apply", ours: ourMedian((run) => run.applySeconds) }),
    compare({ ...time, name: "safety backup", ours: ourMedian((run) => run.safetyBackupSeconds) }),
    compare({ ...time, name: "rules afterwards", ours: ourMedian((run) => run.reviewSeconds) }),
    compare({ ...time, name: "all of it", ours: ourMedian((run) => run.seconds + afterwards(run)) }),
    compare({ ...wal, name: "WAL", ours: ourMedian((run) => run.walBytes), limit: limit.wal }),
    compare({
      ...wal,
      name: "WAL of all of it",
      ours: ourMedian((run) => run.walBytes + run.safetyBackupWalBytes + run.reviewWalBytes),
    }),
    lockedOut,
  ];
}

/** What is asked for: of a database that nobody touched, of one where little has changed, of one that is empty. */
function limitsOf(changed: number): { time?: number; wal?: number; lockedOut?: number } {
  if (changed === 0) return limits.unchanged;
  if (changed === 100) return limits.all;
  return changed <= 1 ? limits.few : {};
}
