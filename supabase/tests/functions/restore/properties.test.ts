import assert from "node:assert/strict";
import { withBackupOf } from "./_support/archives.ts";
import { assertSame, type Counts, difference, dump, type Row } from "./_support/dump.ts";
import { run, withObjects } from "./_support/objects.ts";
import { randomTable } from "./_support/random_table.ts";
import { apply, preview, undo } from "./_support/restores.ts";
import { tableIn } from "./_support/round_trip.ts";
import { quoted } from "./_support/specimen.ts";
import { testInSteps } from "./_support/steps.ts";

// Random edits of random tables: the preview counts what they did, the restore takes it back, and the undo puts it there again.

type Mode = "replace" | "merge" | "undelete";

testInSteps("restore, replace: seeds 0 to 99", (t) => holds(t, "replace", 0, 100));
testInSteps("restore, merge: seeds 1000 to 1049", (t) => holds(t, "merge", 1000, 50));
testInSteps("restore, undelete: seeds 2000 to 2049", (t) => holds(t, "undelete", 2000, 50));

async function holds(t: Deno.TestContext, mode: Mode, firstSeed: number, count: number): Promise<void> {
  const tables = Array.from({ length: count }, (_, n) =>
    // What is unique to a row that is kept may be in the way of one that is merged.
    randomTable(firstSeed + n, { hasUniques: mode === "replace" }));
  const names = tables.map(({ name }) => quoted(name));

  await withObjects(
    [tables.map(({ create }) => create).join("\n")],
    () =>
      withBackupOf(tables.map(({ name }) => name), async (backupId) => {
        const before = await dump(names);
        await run(tables.map(({ edit }) => edit).join("\n"));
        const edited = await dump(names);
        const previewed = await preview(backupId, { mode });
        const applied = await apply(previewed);
        const after = await dump(names);
        await undo(applied);
        const undone = await dump(names);

        for (const { name, create, edit } of tables) {
          await t.step(name, () => {
            const [was, is] = [before[quoted(name)], edited[quoted(name)]];
            const story = `${create}\n${edit}`;
            const found = tableIn(previewed.preview, name);
            assert.deepEqual(
              [found.insert, found.update, found.delete],
              expectedCounts(mode, difference(was, is)),
              story,
            );
            assertSame(after[quoted(name)], expectedRows(mode, was, is), story);
            assertSame(undone[quoted(name)], is, story);
          });
        }
      }),
  );
}

function expectedCounts(mode: Mode, { insert, update, delete: extra }: Counts): number[] {
  return [insert, mode === "undelete" ? 0 : update, mode === "replace" ? extra : 0];
}

/** What the table must hold afterwards. */
function expectedRows(mode: Mode, was: Row[], is: Row[]): Row[] {
  if (mode === "replace") return was;
  const [first, second] = mode === "merge" ? [was, is] : [is, was];
  const known = new Set(first.map(({ key }) => key));
  const rows = known.has(null) || second.some(({ key }) => key === null)
    ? asOftenAsInEither(first, second)
    : [...first, ...second.filter(({ key }) => !known.has(key))];
  return rows.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

function asOftenAsInEither(first: Row[], second: Row[]): Row[] {
  const left = first.map(({ text }) => text);
  const more = second.filter(({ text }) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...first, ...more];
}
