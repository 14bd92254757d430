/** The database server crashes while it works for us: afterwards all is as before, or as it should be, and work goes on by itself. */
import assert from "node:assert/strict";
import { readChildren } from "../../../scripts/stack/service.ts";
import type { Stack } from "../../../scripts/stack/stack.ts";
import {
  assertNothingLeft,
  completed,
  contents,
  type Project,
  settled,
  until,
  withProject,
} from "./_support/project.ts";

const slow = `
  create function public.slowly() returns boolean language plpgsql as $$
  begin
    if current_setting('session_replication_role') = 'replica' then perform pg_sleep(0.02); end if;
    return true;
  end $$;
  alter table public.profiles add constraint profiles_slowly check (public.slowly())`;

Deno.test("crash of the server: a backup, a restore that stages, one that applies", async () => {
  await withProject(async (project) => {
    const { sql, ask } = project;
    await sql`update backup.settings set value = '5' where key = 'job_lease_seconds'`;
    await sql`update backup.settings set value = '16384' where key = 'slice_bytes'`;
    const { backupId } = await ask("POST", "/create", 202, {});
    await completed(project, backupId);

    const { backupId: second } = await ask("POST", "/create", 202, {});
    await until(
      "it copies",
      async () => (await ask("GET", `/${second}`, 200)).backup.status !== "queued",
    );
    await crash(project);
    // Nobody asks for anything: whoever is at work finds out, or the sweep does.
    await completed(project, second, 90);

    const original = await contents(project);
    await sql.unsafe(slow);
    await sql`update public.profiles set first_name = upper(first_name)`;
    const edited = await contents(project);

    const { restoreId } = await ask("POST", `/${backupId}/preview`, 202, {});
    await until(
      "it stages",
      async () => (await ask("GET", `/restores/${restoreId}`, 200)).restore.status !== "queued",
    );
    await crash(project);
    await settled(project, restoreId, 90);
    assert.deepEqual(await contents(project), edited);

    const { restoreId: applied } = await ask("POST", `/${backupId}/restore`, 202, { skip_preview: true });
    await until("it writes rows", async () => {
      const sessions = await sql`
        select from pg_stat_activity where application_name = 'backup-worker apply restore' and wait_event = 'PgSleep'`;
      return sessions.length > 0;
    });
    await crash(project);
    assert.deepEqual(await contents(project), edited, "nothing of it has happened");
    const { status, error } = await settled(project, applied, 120);
    assert.deepEqual(
      await contents(project),
      status === "completed" ? original : edited,
      JSON.stringify(error),
    );

    const again = await ask("POST", `/${backupId}/restore`, 202, { skip_preview: true });
    const restore = await settled(project, again.restoreId);
    assert.equal(restore.status, "completed", JSON.stringify(restore.error));
    assert.deepEqual(await contents(project), original);
    await assertNothingLeft(project);
  });
});

/** As `pg_ctl stop -m immediate`, or a loss of power: no checkpoint, no goodbye. The stack starts it again. */
async function crash({ stack, sql }: Project): Promise<void> {
  await kill(stack, "postgres", "SIGQUIT");
  await until("the server is back", () => sql`select`.then(() => true, () => false));
  // The local storage forgets who waits for a connection that is lost, and never answers them: it begins anew, too.
  await kill(stack, "lite", "SIGKILL");
}

async function kill(stack: Stack, name: "postgres" | "lite", signal: Deno.Signal): Promise<void> {
  const { pid } = readChildren(stack.at)[name];
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await until(`${name} is started again`, () => {
    const now = readChildren(stack.at)[name]?.pid;
    return Promise.resolve(now !== undefined && now !== pid);
  });
}
