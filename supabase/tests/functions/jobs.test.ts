import assert from "node:assert/strict";
import { JobList, JobReport } from "../../functions/_shared/job_schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, withBackup, withRow } from "./_support/backups.ts";
import { sql, test } from "./_support/stack.ts";
import { withoutSweep, withWaitingBackup } from "./backup/_support/own_worker.ts";
import { eventually } from "./backup/_support/waiting.ts";

const unknownId = "11111111-1111-4111-8111-111111111111";
const path = "/backups/jobs";
const list = (query = "") => json(call("GET", `${path}${query}`, { as: secret }));
const cancel = (id: string) => call("POST", `/backups/${id}/cancel`, { as: secret });

async function jobOf(backupId: string, kind: string) {
  const [{ job_id }] = await sql`
    select job_id from backup.jobs where backup_id = ${backupId} and kind = ${kind} order by created_at desc limit 1`;
  return (await json(call("GET", `${path}/${job_id}`, { as: secret }))).job;
}

test("jobs: one, with its attempts, as the description of the API says", async () => {
  await withBackup(async ({ id }) => {
    const job = await jobOf(id, "backup");
    assert.deepEqual(JobReport.parse(job), job);
    assert.equal(job.backup_id, id);
    assert.equal(job.status, "succeeded");
    assert.equal(job.attempt_count, 1);
    assert.equal(job.attempts.length, 1);
    assert.equal(job.attempts[0].error, null);
    assert.ok(job.attempts[0].started_at <= job.attempts[0].ended_at);

    const found = (await list("?kind=backup&status=succeeded")).jobs[0];
    assert.equal(found.id, job.id, "newest first");
  }, { tables: ["roles"] });
});

test("jobs: page by page", async () => {
  const pages = async () => {
    const all = await list("?limit=100");
    assert.deepEqual(JobList.parse(all), all);
    const times = all.jobs.map(({ created_at }: { created_at: string }) => created_at);
    assert.deepEqual(times, times.toSorted().reverse());

    const first = await list("?limit=1");
    assert.equal(first.jobs[0].id, all.jobs[0].id);
    // At least the backup, and the delivery of its notification.
    const second = await list(`?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`);
    assert.equal(second.jobs[0].id, all.jobs[1].id);
  };
  // Nor may a drill of the newest backup come in between.
  await withoutSweep(() => withBackup(pages, { tables: ["roles"] }));
});

test("jobs: unknown ones, and questions that make no sense", async () => {
  await problem(call("GET", `${path}/${unknownId}`, { as: secret }), 404, "job_not_found");
  await problem(call("GET", `${path}/7`, { as: secret }), 422, "invalid_id");
  const queries: Record<string, string> = {
    status: "done",
    kind: "restore",
    limit: "0",
    page: "1",
    sort: "asc",
  };
  for (const [name, value] of Object.entries(queries)) {
    const answer = call("GET", `${path}?${name}=${value}`, { as: secret });
    const { errors } = await problem(answer, 422, "invalid_request");
    assert.equal(errors[0].path, name);
  }
  const madeUp = call("GET", `${path}?cursor=made-up`, { as: secret });
  assert.equal((await problem(madeUp, 422, "invalid_argument")).argument, "cursor");
});

test("cancel: a backup that waits ends as failed, its job as cancelled", async () => {
  await withWaitingBackup({ tables: ["roles"] }, async (id) => {
    const response = await cancel(id);
    const { backup } = await json(response, 202);
    assert.equal(backup.status, "failed");
    assert.equal(backup.error.code, "cancelled");
    assert.deepEqual((await auditOf(response)).at(-1), {
      action: "cancel",
      outcome: "succeeded",
      target: id,
    });
    const job = await jobOf(id, "backup");
    assert.equal(job.status, "cancelled");
    assert.equal(job.error.code, "cancelled");
    await problem(cancel(id), 409, "not_cancellable");
  });
});

test("cancel: what has ended already, and what there is not", async () => {
  for (const status of ["failed", "blocked"]) {
    await withRow({ status }, async (id) => {
      const response = await cancel(id);
      const refused = await problem(response, 409, "not_cancellable");
      assert.equal(refused.backup_id, id);
      assert.deepEqual(await auditOf(response), [{ action: "cancel", outcome: "failed", target: id }]);
    });
  }
  await problem(cancel(unknownId), 404, "backup_not_found");
  await problem(cancel("7"), 422, "invalid_id");
});

test("rescan: a job whose result says what the bucket holds", async () => {
  await withBackup(async ({ id }) => {
    const response = await call("POST", "/backups/rescan", { as: secret });
    const { job } = await json(response, 202);
    assert.equal(job.kind, "rescan");
    const [entry] = await auditOf(response);
    assert.deepEqual([entry.action, entry.outcome], ["rescan", "succeeded"]);

    await eventually("the rescan has ended", async () => {
      const { job: now } = await json(call("GET", `${path}/${job.id}`, { as: secret }));
      if (["queued", "running"].includes(now.status)) return false;
      assert.equal(now.status, "succeeded", JSON.stringify(now.error));
      assert.ok(now.result.objects >= 2);
      assert.deepEqual(now.result.missing.filter((each: { backup_id: string }) => each.backup_id === id), []);
      return true;
    });
  }, { tables: ["roles"] });
});
