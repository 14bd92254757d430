import postgres from "postgres";
import { Failure } from "../stack/failure.ts";
import { step } from "../stack/print.ts";
import { type BenchContext, compare, type Comparison, type MeasuredSet, median } from "./types.ts";

/** All rules in one call, against the queries that somebody would write by hand for these very tables. */
export async function measureValidation(
  { stack, data, runs, signal }: BenchContext,
): Promise<{ set: MeasuredSet; comparisons: Comparison[] }> {
  const byHand = Deno.readTextFileSync(new URL("by_hand.sql", import.meta.url));
  const sql = postgres(stack.cluster.project.url, { max: 1, connection: { statement_timeout: 0 } });
  try {
    const rules = async () => (await sql`select backup.validate_tables() as report`)[0].report as Report;
    const queries = () => sql.unsafe<Row[][]>(byHand).simple();
    await step("rehearsal", async () => assertNoFindings(await rules(), await queries()));
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let run = 1; run <= runs; run++) {
      signal.throwIfAborted();
      ours.push(await timed(`rules ${run}`, rules));
      signal.throwIfAborted();
      theirs.push(await timed(`by hand ${run}`, queries));
    }

    const of = {
      profiles: data.profiles,
      unit: "seconds",
      against: "a scan per table, written by hand",
    } as const;
    return {
      set: { data, details: { ours, theirs } },
      comparisons: [
        compare({ ...of, name: "all rules", ours: median(ours), theirs: median(theirs), limit: 2 }),
      ],
    };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

interface Report {
  tables: { table: string; rows: number; rules: { id: string; violations: number; status: string }[] }[];
}

/** Both must have looked at every row and found nothing: else they did not do the same work. */
function assertNoFindings(report: Report, answers: Row[][]): void {
  const broken = report.tables.flatMap(({ rules }) => rules).filter((rule) => rule.status === "failed");
  if (broken.length > 0) throw new Failure(`The data break rules: ${broken.map(({ id }) => id).join(", ")}.`);

  // A statement that counts the rows of its table does so in a column named rows.
  const counts = answers.map(([{ rows, ...findings }]) => ({ rows: Number(rows ?? 0), findings }));
  const found = counts.flatMap(({ findings }) => Object.entries(findings)).filter(([, n]) => Number(n) > 0);
  if (found.length > 0) {
    throw new Failure(`The data fail by hand: ${found.map(([name]) => name).join(", ")}.`);
  }
  const [checked, scanned] = [report.tables, counts].map((list) =>
    list.reduce((sum, { rows }) => sum + rows, 0)
  );
  if (checked !== scanned) throw new Failure(`The rules saw ${checked} rows, the scans ${scanned}.`);
}

type Row = Record<string, string>;

async function timed(name: string, work: () => PromiseLike<unknown>): Promise<number> {
  const took = async () => {
    const began = performance.now();
    await work();
    return (performance.now() - began) / 1000;
  };
  return await step(name, took, (seconds) => `${seconds.toFixed(2)} s`);
}
