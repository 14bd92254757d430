import type { PreviousRun, TableReport } from "../../api/types.ts";

export const ruleKey = (table: string, rule: string) => `${table} ${rule}`;

/** What is new and what is fixed since the run before, counted by rule: one record cannot be told from another. */
export function compare(before: PreviousRun, after: TableReport[]) {
  const earlier = new Map(
    before.rules.map((
      { table, id, violations },
    ) => [ruleKey(table, id), violations]),
  );
  const later = new Map(
    after.flatMap(({ table, rules }) =>
      rules.map(({ id, violations }) => [ruleKey(table, id), violations] as const)
    ),
  );
  const byRule = new Map<string, number>();
  let added = 0;
  let fixed = 0;
  for (const key of new Set([...earlier.keys(), ...later.keys()])) {
    const delta = (later.get(key) ?? 0) - (earlier.get(key) ?? 0);
    if (delta === 0) continue;
    byRule.set(key, delta);
    if (delta > 0) added += delta;
    else fixed -= delta;
  }
  return { byRule, added, fixed };
}
