import { sql } from "../../supabase/tests/functions/_support/stack.ts";
import type { FaultyStorage } from "../chaos/faulty_storage.ts";
import { dim, print } from "../stack/print.ts";
import { accidentUndone } from "./accident_undone.ts";
import { dataSound } from "./data_sound.ts";
import { byItself } from "./by_itself.ts";
import { weekLater } from "./week_later.ts";
import { firstBackup } from "./first_backup.ts";

/** The stories of the guide, in its order: each goes on with what the one before has left. */
export async function takeAll(
  storage: FaultyStorage,
  signal: AbortSignal,
): Promise<void> {
  const stories: [string, () => Promise<void>][] = [
    ["a first backup", () => firstBackup(storage)],
    ["a week later", weekLater],
    ["is the data sound?", dataSound],
    ["an accident, undone", accidentUndone],
    ["by itself", byItself],
  ];
  try {
    for (const [name, story] of stories) {
      signal.throwIfAborted();
      print(`  ${dim(name)}`);
      await story();
    }
  } finally {
    await sql.end();
  }
}
