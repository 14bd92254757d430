import assert from "node:assert/strict";
import { stagedTables, withBackupOf } from "./archives.ts";
import { assertSame, difference, type Dump, dump } from "./dump.ts";
import { run, tryOut, withObjects } from "./objects.ts";
import { apply, preview, type Restore, undo } from "./restores.ts";
import { label, quoted, type Specimen, tablesOf } from "./specimen.ts";

/**
 * Back up, edit, preview, restore, undo, undo the undo: after each step every
 * table is exactly what it must be, and can be written to.
 */
export async function roundTrip(t: Deno.TestContext, specimens: Specimen[]): Promise<void> {
  const tables = tablesOf(specimens);
  const names = tables.map(quoted);

  await withObjects(specimens.map(({ create }) => create), async () => {
    const before = await dump(names);
    await withBackupOf(tables, async (backupId) => {
      for (const { evolve, edit } of specimens) {
        if (evolve) await run(evolve);
        await run(edit);
      }
      const edited = await dump(names);

      const previewed = await preview(backupId);
      await eachOf(
        t,
        "previewed",
        specimens,
        (specimen) => assertCounted(previewed, specimen, before, edited),
      );

      const applied = await apply(previewed);
      const restored = await dump(names);
      await eachOf(t, "restored", specimens, async (specimen) => {
        assertWritten(applied, previewed, specimen);
        await assertIs(specimen, restored, before);
      });

      const undone = await undo(applied);
      const asEdited = await dump(names);
      await eachOf(t, "undone", specimens, (specimen) => assertIs(specimen, asEdited, edited));

      await undo(undone);
      const again = await dump(names);
      await eachOf(t, "undo undone", specimens, (specimen) => assertIs(specimen, again, before));
      assert.deepEqual(await stagedTables(), [], "nothing stays in backup_staging");
    });
  });
}

async function eachOf(
  t: Deno.TestContext,
  phase: string,
  specimens: Specimen[],
  check: (specimen: Specimen) => void | Promise<void>,
): Promise<void> {
  await t.step(phase, async (t) => {
    for (const specimen of specimens) {
      await t.step(`${specimen.name}, ${phase}`, async () => await check(specimen));
    }
  });
}

function assertCounted(
  restore: Restore,
  { tables, counts = {} }: Specimen,
  before: Dump,
  edited: Dump,
): void {
  for (const table of tables) {
    const [was, is] = [before[quoted(table)], edited[quoted(table)]];
    const found = tableIn(restore.preview, table);
    assert.deepEqual(
      pick(found, ["insert", "update", "delete", "unchanged", "kept", "backup_rows", "live_rows"]),
      {
        ...(counts[table] ?? difference(was, is)),
        kept: 0,
        backup_rows: was.length,
        live_rows: is.length,
      },
      table,
    );
  }
}

/** What was done is what was announced. */
function assertWritten(applied: Restore, previewed: Restore, { tables }: Specimen): void {
  for (const table of tables) {
    const announced = tableIn(previewed.preview, table);
    const done = applied.result.tables.find((found: Restore) => found.table === label(table));
    assert.deepEqual(
      pick(done ?? { inserted: 0, updated: 0, deleted: 0 }, ["inserted", "updated", "deleted"]),
      { inserted: announced.insert, updated: announced.update, deleted: announced.delete },
      table,
    );
  }
}

async function assertIs({ tables, next }: Specimen, now: Dump, then: Dump): Promise<void> {
  for (const table of tables) assertSame(now[quoted(table)], then[quoted(table)], table);
  if (next) await tryOut(next);
}

/** What a preview says about one table. */
// deno-lint-ignore no-explicit-any -- as the API answers it
export function tableIn(preview: any, table: string): any {
  const found = preview.tables.find((entry: Restore) => entry.table === label(table));
  assert.ok(found, `${table} is in the preview`);
  return found;
}

function pick(from: Record<string, unknown>, members: string[]): Record<string, unknown> {
  return Object.fromEntries(members.map((member) => [member, from[member]]));
}
