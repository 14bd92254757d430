import postgres from "postgres";
import { eventually } from "../../backup/_support/waiting.ts";
import { sql, stack } from "../../_support/stack.ts";

/** Functions of tests that act in the transaction that applies a restore, and in no other. */
export const inApply = `
  create function zoo.is_applying() returns boolean language sql as $$
    select current_setting('application_name') = 'backup-worker apply restore' $$;
  create function zoo.fail() returns trigger language plpgsql as $$
  begin
    if zoo.is_applying() then raise exception 'a fault of the test'; end if;
    return coalesce(new, old);
  end $$;
  create function zoo.wait() returns trigger language plpgsql as $$
  begin
    if zoo.is_applying() then perform pg_advisory_xact_lock_shared(4711); end if;
    return coalesce(new, old);
  end $$;
  create function zoo.waits(anything anyelement) returns boolean language plpgsql as $$
  begin
    if zoo.is_applying() then perform pg_advisory_xact_lock_shared(4711); end if;
    return true;
  end $$;`;

/** What keeps everything waiting that waits for it: see inApply. */
export const gate = "select pg_advisory_xact_lock(4711)";

const applying = sql`
  from pg_stat_activity
  where datname = current_database() and application_name = 'backup-worker apply restore' and wait_event_type = 'Lock'`;

/** While the work lasts, another transaction has done this and not ended. */
export async function withOpenTransaction(statement: string, work: () => Promise<void>): Promise<void> {
  const other = postgres(stack.databaseUrl, { max: 1, onnotice: () => {} });
  const isOver = Promise.withResolvers<void>();
  const isReady = Promise.withResolvers<void>();
  const open = other.begin(async (transaction) => {
    await transaction.unsafe(statement);
    isReady.resolve();
    await isOver.promise;
  });
  open.catch(isReady.reject);
  try {
    await isReady.promise;
    await work();
  } finally {
    isOver.resolve();
    await open;
    await other.end({ timeout: 1 });
  }
}

/** The restore that is being applied has come to something that it waits for. */
export async function untilApplyWaits(): Promise<void> {
  await eventually("the restore waits", async () => (await sql`select ${applying}`).length > 0);
}

/** Ends its connection, as a crash of the worker or of the network would. */
export async function endApply(): Promise<void> {
  await sql`select pg_terminate_backend(pid) ${applying}`;
  await eventually(
    "the restore does not wait any more",
    async () => (await sql`select ${applying}`).length === 0,
  );
}
