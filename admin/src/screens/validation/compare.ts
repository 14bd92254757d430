import type { TableReport } from "../../api/types.ts";

export const ruleKey = (table: string, rule: string) => `${table} ${rule}`;

/** What is new and what is fixed between two reports, counted by rule: the same record cannot be told from another. */
export function compare(before: TableReport[], after: TableReport[]) {
  const earlier = counts(before);
  const later = counts(after);
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

function counts(tables: TableReport[]): Map<string, number> {
  return new Map(
    tables.flatMap(({ table, rules }) =>
      rules.map(({ id, violations }) => [ruleKey(table, id), violations] as const)
    ),
  );
}
