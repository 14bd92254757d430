/** Nobody is there: backups are made, proved and pruned, and whoever wants to know hears of it. */
import assert from "node:assert/strict";
import { assertNothingLeft, type Project, until, withProject } from "./_support/project.ts";

/** Every minute is as soon as pg_cron comes. */
const often = {
  drill_interval_days: "0.0005",
  retention_interval_minutes: "1",
  inventory_interval_hours: "0.01",
};

Deno.test("left alone: with schedules every minute it makes, proves and prunes its backups by itself", async () => {
  const heard: { kind: string; text: string }[] = [];
  const receiver = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    heard.push(await request.json());
    return new Response(null, { status: 204 });
  });
  const host = `127.0.0.1:${receiver.addr.port}`;
  const functionEnv = { BACKUP_WEBHOOK_URL: `http://${host}/`, BACKUP_WEBHOOK_ALLOWED_HOSTS: host };
  try {
    await withProject(async (project) => {
      const { sql, ask } = project;
      for (const [key, value] of Object.entries(often)) {
        await sql`update backup.settings set value = ${value}::text::jsonb where key = ${key}`;
      }
      await ask("PUT", "/retention", 200, { keep_last: 1, keep_monthly: 0 });
      await ask("PUT", "/schedules", 200, {
        daily: { is_enabled: true, time_zone: "UTC", keep: 1, time: inAMinute() },
        weekly: { is_enabled: true, time_zone: "UTC", keep: 1, time: inAMinute(), weekday: today() },
      });

      let lastRun = "";
      await until("two are proved and one is gone", async () => {
        // All that somebody does: say again that the next one is due in a minute.
        const { last_run_at } = (await ask("GET", "/schedules", 200)).daily;
        if (last_run_at !== null && last_run_at !== lastRun) {
          lastRun = last_run_at;
          await ask("PUT", "/schedules", 200, { daily: { time: inAMinute() } });
        }
        const { made, proved, pruned } = await tally(project);
        return made >= 3 && proved >= 2 && pruned >= 1;
      }, 420);
      await ask("PUT", "/schedules", 200, { daily: { is_enabled: false }, weekly: { is_enabled: false } });
      await sql`update backup.settings set value = '7' where key in ('drill_interval_days', 'inventory_interval_hours')`;

      const { daily, weekly } = await ask("GET", "/schedules", 200);
      assert.equal(daily.last_status, "completed", JSON.stringify(daily.last_error));
      assert.equal(weekly.last_status, "completed", JSON.stringify(weekly.last_error));
      await assertNothingLeft(project);
      const { status, checks } = await ask("GET", "/health", 200);
      assert.equal(status, "ok", JSON.stringify(checks));
      const { made, proved } = await tally(project);
      assert.equal(heard.filter(({ kind }) => kind === "backup_completed").length, made);
      assert.equal(heard.filter(({ kind }) => kind === "backup_verified").length, proved);
      assert.deepEqual(
        heard.filter(({ kind }) => !["backup_completed", "backup_verified"].includes(kind)),
        [],
      );
      const failed = await sql`select kind, error from backup.jobs where status <> 'succeeded'`;
      assert.deepEqual([...failed], []);
      const bucket = await sql`select result -> 'orphans' as orphans from backup.jobs where kind = 'rescan'`;
      assert.ok(bucket.length > 0, "the bucket was looked at");
    }, { functionEnv: () => functionEnv });
  } finally {
    await receiver.shutdown();
  }
});

/** What the audit log says of what has been done; nobody but the system itself has asked for any of it. */
async function tally({ sql }: Project): Promise<{ made: number; proved: number; pruned: number }> {
  const [counts] = await sql`
    select count(*) filter (where action = 'backup_completed')::int as made,
           count(*) filter (where action = 'drill')::int as proved,
           count(*) filter (where action = 'backup_deleted')::int as pruned
    from backup.audit_log where outcome = 'succeeded'`;
  return counts as unknown as { made: number; proved: number; pruned: number };
}

/** The next minute but for one that is about to begin: that would be missed, and then it would be tomorrow. */
const soon = () => new Date(Date.now() + 75_000);

function inAMinute(): string {
  return soon().toISOString().slice(11, 16);
}

/** The day of the week of that moment, 1 for Monday. */
function today(): number {
  return soon().getUTCDay() || 7;
}
