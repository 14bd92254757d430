/** deno task chaos [--minutes 10] [--seed N]: everything at once, with faults, until a promise is broken or the time is up. */
import { parseArgs } from "node:util";
import { Arena } from "./chaos/arena.ts";
import { injectFaults } from "./chaos/faults.ts";
import { Journal } from "./chaos/journal.ts";
import { operate } from "./chaos/operator.ts";
import { atRest } from "./chaos/rest.ts";
import { FaultyStorage } from "./chaos/faulty_storage.ts";
import { within } from "./chaos/within.ts";
import { write } from "./chaos/writers.ts";
import { Failure, main } from "./stack/failure.ts";
import { bold, dim, print, seconds } from "./stack/print.ts";
import { withScratchStack } from "./stack/scratch.ts";

/** So long everybody does what they like; then all come to rest, and every promise is looked at. */
const roundSeconds = 40;
/** Whatever somebody has begun by then ends, or is given up, well within this. */
const patienceSeconds = 180;

await main(async () => {
  const { minutes, seed } = parse();
  print(`\n${bold("Chaos")} ${dim(`for ${minutes} min on a stack of its own, seed ${seed}`)}\n`);
  const journal = new Journal();
  const storage = new FaultyStorage();
  try {
    await withScratchStack("chaos", async (stack, signal) => {
      storage.behind(stack.ports.gateway);
      const arena = await Arena.open(stack, storage, journal);
      // Whoever interrupts does not wait for the round; and the arena's own worker is not one of the stack's.
      signal.addEventListener("abort", () => arena.close());
      try {
        await atRest(arena);
        const end = Date.now() + minutes * 60_000;
        for (let round = 1; Date.now() < end; round++) {
          signal.throwIfAborted();
          const until = Math.min(end, Date.now() + roundSeconds * 1000);
          const own = 10 * (seed + round);
          const actors = [
            ["whoever writes", write(arena, own, until)] as const,
            ...[1, 2].map((nth) => [`operator ${nth}`, operate(arena, own + nth, until)] as const),
            ...[3, 4].map((nth) =>
              [`the faults of lane ${nth}`, injectFaults(arena, own + nth, until)] as const
            ),
          ];
          await Promise.all(
            actors.map(([who, acting]) => within(roundSeconds + patienceSeconds, who, acting)),
          );
          await atRest(arena);
          print(`  ${dim(`round ${round}`)} ${journal.line()}`);
        }
      } finally {
        await arena.close();
      }
    }, { functionEnv: (ports) => storage.environment(ports) });
  } catch (error) {
    journal.printLast(80);
    print(`\n${bold("Broken")} with --seed ${seed} after ${seconds(journal.elapsed)}`);
    throw error;
  } finally {
    await storage.close();
  }
  journal.printSummary();
  print(`\nNo promise was broken in ${minutes} min. ${dim(`--seed ${seed}`)}`);
});

function parse(): { minutes: number; seed: number } {
  const { values } = parseArgs({
    args: Deno.args,
    options: { minutes: { type: "string", default: "10" }, seed: { type: "string" } },
  });
  const minutes = Number(values.minutes);
  const seed = Number(values.seed ?? crypto.getRandomValues(new Uint16Array(1))[0]);
  if (!(minutes > 0 && minutes <= 24 * 60)) throw new Failure("--minutes takes a number from 0 to 1440.");
  if (!Number.isInteger(seed) || seed < 0) throw new Failure("--seed takes a whole number.");
  return { minutes, seed };
}
