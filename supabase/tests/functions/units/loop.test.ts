import assert from "node:assert/strict";
import { createLoop } from "../../../functions/backup-worker/loop.ts";

Deno.test("loop: woken while it works, it does one more turn and rests", async () => {
  const turns = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let count = 0;
  const loop = createLoop(() => turns[count++].promise);
  const resting = loop.wake();
  loop.wake();
  assert.equal(loop.wake(), resting, "one run, however often it is woken");
  assert.equal(count, 1);
  turns[0].resolve();
  turns[1].resolve();
  await resting;
  assert.equal(count, 2);
});

Deno.test("loop: woken again after it rested", async () => {
  let count = 0;
  const loop = createLoop(() => {
    count++;
    return Promise.resolve();
  });
  await loop.wake();
  await loop.wake();
  assert.equal(count, 2);
});

Deno.test("loop: a nap ends when somebody wakes it, and by itself", async () => {
  const woken: string[] = [];
  const loop = createLoop(async (nap) => {
    if (woken.length > 0) return;
    await nap(600);
    woken.push("by somebody");
    await nap(0.01);
    woken.push("by itself");
  });
  const resting = loop.wake();
  loop.wake();
  await resting;
  assert.deepEqual(woken, ["by somebody", "by itself"]);
});
