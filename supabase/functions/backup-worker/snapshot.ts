import postgres from "postgres";
import type { BackupSettings } from "../_shared/answers.ts";
import type { Json } from "../_shared/database.types.ts";
import { AppError } from "../_shared/errors.ts";
import { openCopySession } from "./copy_out.ts";
import type { RowSink } from "./copy_socket.ts";
import type { Session } from "./session.ts";

/** One REPEATABLE READ READ ONLY transaction, on a connection of its own. */
export interface Snapshot {
  /** Names it, so that another transaction can see the same data while this one is open. */
  export(): Promise<string>;
  validate(tables: string[] | null): Promise<Json>;
  plan(backupId: string, tables: string[] | null): Promise<Json>;
  /** Runs a COPY … TO STDOUT to its end. */
  copy(query: string, sink: RowSink): Promise<void>;
  close(): Promise<void>;
}

export interface SnapshotOptions {
  databaseUrl: string;
  settings: BackupSettings;
  /** Closes the connection when aborted. */
  signal: AbortSignal;
}

/** Tables that appear between looking and locking make us look again, so often. */
const lockAttempts = 3;

const beginStatement = "begin isolation level repeatable read read only";

/** A new snapshot, with every table of the backup locked. */
export function openSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  return connect(options, (session) => lockTables(session, options.settings));
}

/** The same data as an exported snapshot, whose transaction holds the locks and must outlive this one. */
export function joinSnapshot(options: SnapshotOptions, exported: string): Promise<Snapshot> {
  return connect(options, async (session) => {
    await session.run((sql) => sql.unsafe(beginStatement));
    await session.run((sql) => sql.unsafe(`set transaction snapshot '${exported.replaceAll("'", "")}'`));
  });
}

async function connect(
  { databaseUrl, settings, signal }: SnapshotOptions,
  begin: (session: Session) => Promise<void>,
): Promise<Snapshot> {
  const session = await openCopySession({
    databaseUrl,
    purpose: "snapshot",
    statements: [
      ...settings.session_statements,
      `set lock_timeout = '${Number(settings.lock_timeout_seconds)}s'`,
    ],
    signal,
  });
  try {
    await begin(session);
  } catch (error) {
    await session.close();
    throw error;
  }

  const ask = async (query: (sql: postgres.Sql) => postgres.PendingQuery<postgres.Row[]>) => {
    const [row] = await session.run(query);
    return row.answer;
  };

  return {
    export: () => ask((sql) => sql`select pg_export_snapshot() as answer`),
    validate: (tables) => ask((sql) => sql`select backup.validate_tables(${tables}) as answer`),
    plan: (backupId, tables) =>
      ask((sql) => sql`select backup.plan_backup(${backupId}, ${tables}) as answer`),
    copy: session.copyOut,
    close: session.close,
  };
}

/**
 * LOCK runs before the transaction's snapshot is taken, so that what the
 * snapshot shows can no longer be truncated, rewritten or altered. Which tables
 * to lock is read before that; if the snapshot shows others, it is done again.
 */
async function lockTables(session: Session, settings: BackupSettings): Promise<void> {
  const wanted = async () => {
    const [row] = await session.run((sql) =>
      sql`select backup.lock_statement(${settings.tables}) as statement`
    );
    return row.statement as string | null;
  };
  const lock = async (statement: string | null) => {
    try {
      if (statement !== null) await session.run((sql) => sql.unsafe(statement));
      return true;
    } catch (error) {
      // Dropped before its lock was ours.
      if (error instanceof postgres.PostgresError && error.code === "42P01") return false;
      throw error;
    }
  };
  for (let attempt = 1; attempt <= lockAttempts; attempt++) {
    const statement = await wanted();
    await session.run((sql) => sql.unsafe(beginStatement));
    if (await lock(statement) && await wanted() === statement) return;
    await session.run((sql) => sql.unsafe("rollback"));
  }
  throw new AppError("table_changed", "Tables were created or dropped faster than they could be locked.", {
    hint: "Wait until the migration that is running has ended, then make the backup again.",
  });
}
