import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { holdLease } from "../../../functions/backup-worker/lease.ts";
import { AppError } from "../../../functions/_shared/errors.ts";

Deno.test("lease: one that is renewed holds", async () => {
  const lease = holdLease(0.15, () => Promise.resolve());
  try {
    await pause(400);
    lease.check();
    assert.equal(lease.signal.aborted, false);
  } finally {
    lease.release();
  }
});

Deno.test("lease: one that could not be renewed for its whole length is lost, whatever nobody has said", async () => {
  const lease = holdLease(0.15, () => Promise.reject(new Error("no database")));
  try {
    lease.check();
    assert.equal(lease.signal.aborted, false, "a lost beat does no harm");
    await pause(200);
    assert.equal(lease.signal.aborted, false, "nobody has asked");
    lease.check();
    assert.equal((lease.signal.reason as AppError).code, "lease_lost");
  } finally {
    lease.release();
  }
});

Deno.test("lease: gone at once when somebody else has the job", async () => {
  const lease = holdLease(0.06, () => Promise.reject(new AppError("lease_lost", "somebody else")));
  try {
    await pause(100);
    assert.equal((lease.signal.reason as AppError).message, "somebody else");
  } finally {
    lease.release();
  }
});
