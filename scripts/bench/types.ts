import type { Stack } from "../stack/stack.ts";

/** Something to measure, on one set of data. */
export type Bench = (context: BenchContext) => Promise<{ set: MeasuredSet; comparisons: Comparison[] }>;

export interface BenchContext {
  stack: Stack;
  data: DataSet;
  runs: number;
  /** Percent of the rows that are to be changed, where the bench asks for it. */
  changed?: number;
  /** A checkpoint comes between that change and what is measured. */
  afterCheckpoint?: boolean;
  signal: AbortSignal;
  /** What the same bench measured before, on other sets. */
  earlier: MeasuredSet[];
}

export interface DataSet {
  /** Profiles; the other tables follow from it. */
  profiles: number;
  tables: { table: string; rows: number }[];
}

export interface Outcome {
  sets: MeasuredSet[];
  comparisons: Comparison[];
}

/** All that was measured on one set; its members depend on the bench. */
export interface MeasuredSet {
  data: DataSet;
  changed?: number;
  afterCheckpoint?: boolean;
  details: Record<string, unknown>;
  /** Where our time went, in seconds. */
  phases?: Record<string, number>;
  /** Peak of the worker, where the system tells it. */
  workerPeakBytes?: number;
}

export type Unit = "seconds" | "bytes" | "bytes per second";

/** Ours against theirs; `ratio` is ours divided by theirs. */
export interface Comparison {
  name: string;
  profiles: number;
  changed?: number;
  unit: Unit;
  ours: number;
  theirs: number;
  /** What `theirs` is. */
  against: string;
  ratio: number;
  /** The largest ratio that is good enough; absent where nothing is asked for. */
  limit?: number;
  met?: boolean;
}

export function compare(of: Omit<Comparison, "ratio" | "met">): Comparison {
  const ratio = of.theirs === 0 ? NaN : Math.round(of.ours / of.theirs * 1000) / 1000;
  return { ...of, ratio, ...(of.limit === undefined ? {} : { met: ratio <= of.limit }) };
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** Of the same figures of several runs. */
export function medians(runs: Record<string, number>[]): Record<string, number> {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name] ?? 0))]));
}
