import { tableName } from "../lib/format.ts";

/** The first few of many tables. */
export function TableNames(
  { tables, most = 4 }: { tables: string[]; most?: number },
) {
  const shown = tables.slice(0, most).map(tableName).join(", ");
  return <>{shown}{tables.length > most && ` and ${tables.length - most} more`}</>;
}
