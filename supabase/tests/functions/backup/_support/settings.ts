import { sql } from "../../_support/stack.ts";

/** Other settings while the work lasts. */
export async function withSettings(
  values: Record<string, number | string[]>,
  work: () => Promise<void>,
): Promise<void> {
  const before = await sql`select key, value from backup.settings where key in ${sql(Object.keys(values))}`;
  try {
    for (const [key, value] of Object.entries(values)) {
      const changed = await sql`update backup.settings set value = ${
        sql.json(value)
      } where key = ${key} returning 1`;
      if (changed.length === 0) throw new Error(`there is no setting ${key}`);
    }
    await work();
  } finally {
    for (const { key, value } of before) {
      await sql`update backup.settings set value = ${sql.json(value)} where key = ${key}`;
    }
  }
}

/** So small that the seeded tables fall into many parts. */
export const tinySlices = { slice_bytes: 16 * 1024 };

/** What fails is not tried again: a test of the failure need not wait. */
export const onlyOnce = { job_max_attempts: 1 };
