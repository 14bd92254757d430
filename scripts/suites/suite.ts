import type { Stack } from "../stack/stack.ts";

export interface Outcome {
  passed: number;
  failed: number;
}

/** A kind of tests: which files it has, and how they are run against a stack of their own. */
export interface Suite {
  name: string;
  files: () => string[];
  run: (files: string[], context: SuiteContext) => Promise<Outcome>;
}

export interface SuiteContext {
  stack: Stack;
  /** What `deno task status` prints, and what the functions are given. */
  env: Record<string, string>;
  /** Show every single test, not only those that fail. */
  verbose: boolean;
  print: (text: string) => void;
  /** Aborted when the run is to be given up. */
  signal: AbortSignal;
}
