import assert from "node:assert/strict";
import { RetentionPreview } from "../../functions/_shared/retention_schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, withBackup } from "./_support/backups.ts";
import { sql, test } from "./_support/stack.ts";
import { eventually } from "./backup/_support/waiting.ts";

const path = "/backups/retention";
const get = () => json(call("GET", path, { as: secret }));
const put = (body: unknown) => call("PUT", path, { as: secret, body });
const preview = (query = "") => json(call("GET", `${path}/preview${query}`, { as: secret }));

// deno-lint-ignore no-explicit-any -- as the API answers it
type Shown = any;
const find = (list: Shown[], id: string) => list.find((backup) => backup.id === id);

/** Whatever the work does to them, the rules are then what they were. */
async function withRules(work: () => Promise<void>): Promise<void> {
  const [{ value }] = await sql`select value from backup.settings where key = 'retention'`;
  const kept = await sql`select frequency, keep from backup.schedules`;
  try {
    await work();
  } finally {
    await sql`update backup.settings set value = ${sql.json(value)} where key = 'retention'`;
    for (const { frequency, keep } of kept) {
      await sql`update backup.schedules set keep = ${keep} where frequency = ${frequency}`;
    }
  }
}

/** Until the drill has ended that the sweep may have begun with the newest backup. */
async function unused(id: string): Promise<void> {
  await eventually("no job is about the backup", async () => {
    const jobs =
      await sql`select from backup.jobs where backup_id = ${id} and status in ('queued', 'running')`;
    return jobs.length === 0;
  });
}

test("retention: what is not named stays as it is, and GET answers what PUT did", async () => {
  await withRules(async () => {
    const { retention: before } = await get();
    const response = await put({ keep_last: 4, max_age_days: 400 });
    const { retention } = await json(response);
    assert.deepEqual(retention, { ...before, keep_last: 4, max_age_days: 400 });
    assert.deepEqual((await get()).retention, retention);
    assert.deepEqual(await auditOf(response), [
      { action: "schedule", outcome: "succeeded", target: "retention" },
    ]);
    assert.equal((await json(put({ max_age_days: null }))).retention.max_age_days, null);
    assert.deepEqual((await json(put(retention))).retention, retention, "what GET answered can be sent back");
    assert.deepEqual((await json(put({}))).retention, retention, "nothing named changes nothing");
  });
});

test("retention: days and weeks are the keep of the schedules", async () => {
  await withRules(async () => {
    await json(put({ keep_daily: 8, keep_weekly: 6 }));
    const { daily, weekly } = await json(call("GET", "/backups/schedules", { as: secret }));
    assert.deepEqual([daily.keep, weekly.keep], [8, 6]);
  });
});

test("retention: values that make no sense are named, and nothing is changed", async () => {
  const before = await get();
  const bad: Record<string, unknown>[] = [
    { keep_last: 0 },
    { keep_last: -1 },
    { keep_daily: 0 },
    { keep_weekly: 0 },
    { keep_monthly: -1 },
    { max_age_days: 0 },
    { max_total_bytes: -5 },
  ];
  for (const body of bad) {
    const [name] = Object.keys(body);
    const { argument } = await problem(put({ ...body }), 422, "invalid_argument");
    assert.equal(argument, name);
    const query = `?${name}=${body[name]}`;
    const asked = call("GET", `${path}/preview${query}`, { as: secret });
    assert.equal((await problem(asked, 422, "invalid_argument")).argument, name);
  }
  assert.deepEqual(await get(), before);
});

test("retention: wrong types and unknown fields", async () => {
  const bad: [unknown, string][] = [
    [{ keep_yearly: 1 }, "keep_yearly"],
    [{ keep_last: "3" }, "keep_last"],
    [{ keep_last: 1.5 }, "keep_last"],
    [{ keep_last: null }, "keep_last"],
    [{ max_total_bytes: 1e300 }, "max_total_bytes"],
  ];
  for (const [body, path] of bad) {
    const { errors } = await problem(put(body), 422, "invalid_request");
    assert.deepEqual(errors.map((fault: { path: string }) => fault.path), [path], JSON.stringify(body));
  }
  for (const query of ["keep_yearly=1", "keep_last=x", "keep_last=1.5", "max_age_days=never"]) {
    const asked = call("GET", `${path}/preview?${query}`, { as: secret });
    const { errors } = await problem(asked, 422, "invalid_request");
    assert.equal(errors[0].path, query.split("=")[0]);
  }
});

test("retention: what would go can be asked first, with other rules, and nothing happens", async () => {
  const tables = ["roles"];
  // Of two: the last good one never goes.
  await withBackup(({ id }) =>
    withBackup(async () => {
      await unused(id);
      const now = await preview();
      assert.deepEqual(RetentionPreview.parse(now), now);
      assert.deepEqual(now.rules, (await get()).retention);
      assert.ok(find(now.keep, id).reasons.includes("last"), JSON.stringify(now));
      assert.equal(now.totals.kept, now.keep.length);
      assert.equal(
        now.totals.kept_bytes,
        now.keep.reduce((sum: number, kept: Shown) => sum + kept.file_size, 0),
      );

      const strict = await preview("?max_total_bytes=1&max_age_days=none&keep_last=1");
      assert.deepEqual(strict.rules, { ...now.rules, max_total_bytes: 1, max_age_days: null, keep_last: 1 });
      assert.match(find(strict.remove, id)?.reason, /1 byte/, JSON.stringify(strict));
      assert.equal(strict.totals.removed, strict.remove.length);

      await json(call("PATCH", `/backups/${id}`, { as: secret, body: { is_pinned: true } }));
      const pinned = await preview("?max_total_bytes=1&keep_last=1");
      assert.ok(find(pinned.keep, id).reasons.includes("pinned"));
      await json(call("PATCH", `/backups/${id}`, { as: secret, body: { is_pinned: false } }));

      assert.deepEqual((await preview()).rules, now.rules);
      assert.equal((await json(call("GET", `/backups/${id}`, { as: secret }))).backup.status, "completed");
    }, { tables }), { tables });
});
