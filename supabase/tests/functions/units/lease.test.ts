import assert from "node:assert/strict";
import { AppError } from "../../../functions/_shared/errors.ts";
import { holdLease } from "../../../functions/backup-worker/lease.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("lease: renewed as long as somebody hears of it", async () => {
  let beats = 0;
  const lease = holdLease(0.3, () => Promise.resolve(++beats));
  await pause(700);
  lease.release();
  assert.equal(lease.signal.aborted, false);
  assert.ok(beats >= 3, `${beats} beats`);
});

Deno.test("lease: lost as soon as it is said to be somebody else's", async () => {
  const lost = new AppError("lease_lost", "It is somebody else's.");
  const lease = holdLease(0.3, () => Promise.reject(lost));
  const { signal } = lease;
  await pause(250);
  lease.release();
  assert.equal(signal.reason, lost);
});

Deno.test("lease: lost by the clock when nobody answers for as long as it lasts", async () => {
  const lease = holdLease(0.3, () => Promise.reject(new AppError("database_unavailable", "no answer")));
  const { signal } = lease;
  await pause(150);
  assert.equal(lease.signal.aborted, false, "that may pass");
  await pause(300);
  assert.equal(lease.signal.aborted, true);
  lease.release();
  assert.equal(signal.reason.code, "lease_lost", "whoever holds the signal hears of it");
});

Deno.test("lease: a process that stood still does not go on", () => {
  const lease = holdLease(0.05, () => Promise.resolve());
  const until = performance.now() + 100;
  while (performance.now() < until);
  assert.equal(lease.signal.aborted, true);
  lease.release();
});
