import assert from "node:assert/strict";
import { Schedules } from "../../functions/_shared/schedule_schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { sql, test } from "./_support/stack.ts";

const path = "/backups/schedules";
const get = () => json(call("GET", path, { as: secret }));
const put = (body: unknown) => call("PUT", path, { as: secret, body });

/** Whatever the work does to them, the schedules are then what they were. */
async function withSchedules(work: () => Promise<void>): Promise<void> {
  const before = await sql`select * from backup.schedules`;
  try {
    await work();
  } finally {
    await sql.begin(async (transaction) => {
      await transaction`delete from backup.schedules`;
      await transaction`insert into backup.schedules ${transaction(before)}`;
    });
  }
}

/** Far enough from now that nothing becomes due while the test runs. */
function inSixHours(): Date {
  const moment = new Date(Date.now() + 6 * 3_600_000);
  moment.setUTCSeconds(0, 0);
  return moment;
}

/** What the clocks of a time zone show. */
function clock(moment: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(moment));
}

test("schedules: both, as the description of the API says, no more and no less", async () => {
  const schedules = await get();
  assert.deepEqual(Schedules.parse(schedules), schedules);
  assert.equal(schedules.daily.weekday, null);
  assert.ok(schedules.weekly.weekday >= 1 && schedules.weekly.weekday <= 7);
});

test("schedules: what is not named stays as it is, and GET answers what PUT did", async () => {
  await withSchedules(async () => {
    const before = await get();
    const response = await put({ daily: { keep: 11, tables: ["roles"] } });
    const changed = await json(response);
    assert.deepEqual(changed, {
      daily: { ...before.daily, keep: 11, tables: ["public.roles"] },
      weekly: before.weekly,
    });
    assert.deepEqual(await get(), changed);
    assert.deepEqual(await auditOf(response), [{
      action: "schedule",
      outcome: "succeeded",
      target: "daily",
    }]);

    const all = await json(put({ daily: { tables: null }, weekly: { name: "Sundays" } }));
    assert.equal(all.daily.tables, null);
    assert.equal(all.daily.keep, 11);
    assert.equal(all.weekly.name, "Sundays");
  });
});

test("schedules: nothing named changes nothing, and what GET answered can be sent back", async () => {
  await withSchedules(async () => {
    const override_reason = "old data, known to be wrong";
    await json(put({ weekly: { override_validation: true, override_reason } }));
    const before = await get();
    assert.equal(before.weekly.override_reason, override_reason);
    assert.deepEqual(await json(put({})), before);
    assert.deepEqual(await json(put({ daily: {}, weekly: {} })), before);
    assert.deepEqual(await json(put(before)), before);
  });
});

test("schedules: a daily one is due at its time, and not at all once it is switched off", async () => {
  await withSchedules(async () => {
    const due = inSixHours();
    const time = due.toISOString().slice(11, 16);
    const { daily } = await json(put({ daily: { is_enabled: true, time, time_zone: "UTC" } }));
    assert.equal(daily.time, time);
    assert.equal(daily.next_run_at, due.toISOString());
    assert.equal((await json(put({ daily: { is_enabled: false } }))).daily.next_run_at, null);
  });
});

test("schedules: a weekly one is due on its day, by the clocks of its time zone", async () => {
  await withSchedules(async () => {
    // The day before yesterday: in no time zone is that today.
    const weekday = (new Date().getUTCDay() + 4) % 7 + 1;
    for (const time_zone of ["Europe/Berlin", "Asia/Kolkata", "America/St_Johns"]) {
      const { weekly } = await json(put({ weekly: { is_enabled: true, weekday, time: "02:30", time_zone } }));
      const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
      assert.equal(clock(weekly.next_run_at, time_zone), `${days[weekday - 1]} 02:30`);
      const ahead = Date.parse(weekly.next_run_at) - Date.now();
      assert.ok(ahead > 0 && ahead < 8 * 86_400_000, weekly.next_run_at);
    }
  });
});

test("schedules: values that make no sense are named, and nothing is changed", async () => {
  const { daily: { name } } = await get();
  const bad: [Record<string, unknown>, string][] = [
    [{ daily: { time: "25:00" } }, "daily.time"],
    [{ daily: { time: "2:3" } }, "daily.time"],
    [{ daily: { time: "" } }, "daily.time"],
    [{ daily: { time: "24:00" } }, "daily.time"],
    [{ daily: { time: "03:00:00" } }, "daily.time"],
    [{ weekly: { time: "noon" } }, "weekly.time"],
    [{ daily: { time_zone: "Mars/Olympus" } }, "daily.time_zone"],
    [{ weekly: { time_zone: "" } }, "weekly.time_zone"],
    [{ daily: { keep: 0 } }, "daily.keep"],
    [{ weekly: { keep: -1 } }, "weekly.keep"],
    [{ weekly: { weekday: 0 } }, "weekly.weekday"],
    [{ weekly: { weekday: 8 } }, "weekly.weekday"],
    [{ weekly: { weekday: null } }, "weekly.weekday"],
    [{ daily: { weekday: 3 } }, "daily.weekday"],
    [{ daily: { name: " " } }, "daily.name"],
    [{ weekly: { name } }, "weekly.name"],
    [{ daily: { name: "Backup" }, weekly: { name: "Backup" } }, "weekly.name"],
    [{ daily: { override_validation: true } }, "daily.override_reason"],
    // The first is good: both or neither.
    [{ daily: { keep: 12 }, weekly: { keep: 0 } }, "weekly.keep"],
  ];
  const before = await get();
  for (const [body, argument] of bad) {
    const refused = await problem(put(body), 422, "invalid_argument");
    assert.equal(refused.argument, argument, JSON.stringify(body));
    assert.ok(refused.hint);
  }
  assert.deepEqual(await get(), before);
});

test("schedules: the two may swap their names", async () => {
  await withSchedules(async () => {
    const { daily, weekly } = await get();
    const swapped = await json(put({ daily: { name: weekly.name }, weekly: { name: daily.name } }));
    assert.equal(swapped.daily.name, weekly.name);
    assert.equal(swapped.weekly.name, daily.name);
  });
});

test("schedules: tables that cannot be backed up are refused now, and not in the night", async () => {
  const response = await put({ daily: { tables: ["roles", "nope"] } });
  const { tables } = await problem(response, 422, "invalid_tables");
  assert.deepEqual(tables.map(({ table }: { table: string }) => table), ["nope"]);
  assert.deepEqual(await auditOf(response), [{ action: "schedule", outcome: "failed", target: null }]);
});

test("schedules: wrong types and unknown fields", async () => {
  const bad: [unknown, string][] = [
    [[], ""],
    [{ hourly: {} }, "hourly"],
    [{ daily: null }, "daily"],
    [{ daily: { tiem: "03:00" } }, "daily.tiem"],
    [{ daily: { time: 3 } }, "daily.time"],
    [{ daily: { time: "\0" } }, "daily.time"],
    [{ daily: { keep: "7" } }, "daily.keep"],
    [{ daily: { keep: 1.5 } }, "daily.keep"],
    [{ daily: { is_enabled: "yes" } }, "daily.is_enabled"],
    [{ daily: { tables: [] } }, "daily.tables"],
    [{ weekly: { tables: "roles" } }, "weekly.tables"],
    [{ weekly: { weekday: "monday" } }, "weekly.weekday"],
  ];
  for (const [body, path] of bad) {
    const { errors } = await problem(put(body), 422, "invalid_request");
    assert.deepEqual(errors.map((fault: { path: string }) => fault.path), [path], JSON.stringify(body));
  }
});

test("schedules: an administrator may change them, and is named in the audit log", async () => {
  await withSchedules(() =>
    withPerson("admin", async ({ id, credential }) => {
      const response = await call("PUT", path, { as: credential, body: { weekly: { keep: 9 } } });
      assert.equal((await json(response)).weekly.keep, 9);
      const [{ actor_id }] = await sql`
        select actor_id from backup.audit_log where request_id = ${response.headers.get("x-request-id")}`;
      assert.equal(actor_id, id);
    })
  );
});
