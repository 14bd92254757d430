import type { RowChange, TablePreview } from "../../api/types.ts";

/** Records that were picked in a preview, by table: keys as the API takes them. */
export type Selection = Record<string, unknown[]>;

/** The key of a row in the form of a request: one value, or those of several columns in their order. */
export function keyOf(
  row: RowChange,
  { key }: Pick<TablePreview, "key">,
): unknown {
  if (!row.key || !key || key.length === 0) return undefined;
  const values = key.map((column) => row.key![column]);
  return values.length === 1 ? values[0] : values;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export const isSelected = (selection: Selection, table: string, key: unknown) =>
  (selection[table] ?? []).some((other) => same(other, key));

export function toggle(
  selection: Selection,
  table: string,
  key: unknown,
): Selection {
  const before = selection[table] ?? [];
  const after = isSelected(selection, table, key)
    ? before.filter((other) => !same(other, key))
    : [...before, key];
  const { [table]: _, ...others } = selection;
  return after.length === 0 ? others : { ...others, [table]: after };
}

export const selectedCount = (selection: Selection) =>
  Object.values(selection).reduce((sum, keys) => sum + keys.length, 0);
