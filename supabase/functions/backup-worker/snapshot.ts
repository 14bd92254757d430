import postgres from "postgres";
import type { BackupSettings } from "../_shared/answers.ts";
import type { Json } from "../_shared/database.types.ts";
import { AppError } from "../_shared/errors.ts";
import { CopySocket, type RowSink } from "./copy_socket.ts";

/** One REPEATABLE READ READ ONLY transaction, on a connection of its own. */
export interface Snapshot {
  validate(tables: string[] | null): Promise<Json>;
  plan(backupId: string, tables: string[] | null): Promise<Json>;
  /** Runs a COPY … TO STDOUT to its end. */
  copy(query: string, sink: RowSink): Promise<void>;
  close(): Promise<void>;
}

/** Tables that appear between looking and locking make us look again, so often. */
const lockAttempts = 3;

export async function openSnapshot(
  databaseUrl: string,
  settings: BackupSettings,
  signal: AbortSignal,
): Promise<Snapshot> {
  let isLost = false;
  let sink: RowSink | null = null;
  const sql = postgres(databaseUrl, {
    ...rowsAside(databaseUrl, (rows, count) => sink?.(rows, count)),
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    onclose: () => isLost = true,
    connection: { application_name: "backup-worker snapshot" },
  });
  const close = async () => await sql.end({ timeout: 0 });
  // The connection is the transaction. The driver would open another one for
  // the next query, and that one would see other data.
  const assertAlive = () => {
    if (isLost) throw connectionLost();
  };
  signal.addEventListener("abort", close, { once: true });

  try {
    await lockTables(sql, settings);
  } catch (error) {
    await close();
    throw error;
  }

  return {
    async validate(tables) {
      assertAlive();
      const [row] = await sql`select backup.validate_tables(${tables}) as answer`;
      return row.answer;
    },
    async plan(backupId, tables) {
      assertAlive();
      const [row] = await sql`select backup.plan_backup(${backupId}, ${tables}) as answer`;
      return row.answer;
    },
    async copy(query, rowSink) {
      assertAlive();
      sink = rowSink;
      try {
        const copy = await sql.unsafe(query).readable();
        // What the driver still sees of the rows (with TLS: all of them) is taken here. Never pausing: a paused
        // socket can hang for good. The slice is bounded, so reading it whole is what bounds memory.
        copy.on("data", (row: Uint8Array) => rowSink(row, 1));
        await new Promise<void>((resolve, reject) => {
          copy.on("end", resolve);
          copy.on("error", reject);
          copy.on("close", () => reject(connectionLost()));
        });
      } finally {
        sink = null;
      }
    },
    close,
  };
}

/** Options of the driver that hand rows to the sink; none where the connection needs TLS or is no TCP. */
function rowsAside(databaseUrl: string, sink: RowSink) {
  const { hostname, port, searchParams } = new URL(databaseUrl);
  const isPlain = ["disable", null].includes(searchParams.get("sslmode")) && !searchParams.has("ssl");
  if (!isPlain || hostname === "") return {};
  return {
    socket: () =>
      CopySocket.connect(decodeURIComponent(hostname).replace(/^\[|\]$/g, ""), Number(port || 5432), sink),
  };
}

/**
 * LOCK runs before the transaction's snapshot is taken, so that what the
 * snapshot shows can no longer be truncated, rewritten or altered. Which tables
 * to lock is read before that; if the snapshot shows others, it is done again.
 */
async function lockTables(sql: postgres.Sql, settings: BackupSettings): Promise<void> {
  const wanted = async () => {
    const [row] = await sql`select backup.lock_statement(${settings.tables}) as statement`;
    return row.statement as string | null;
  };
  const lock = async (statement: string | null) => {
    try {
      if (statement !== null) await sql.unsafe(statement);
      return true;
    } catch (error) {
      // Dropped before its lock was ours.
      if (error instanceof postgres.PostgresError && error.code === "42P01") return false;
      throw error;
    }
  };
  for (const statement of settings.session_statements) await sql.unsafe(statement);
  // Nobody else's patience governs how long a backup may read.
  await sql.unsafe("set statement_timeout = 0");
  // Of newer servers.
  await sql`select set_config(name, '0', false) from pg_settings where name = 'transaction_timeout'`;
  // Catalogue queries look dear to the planner; compiling them is what is dear.
  await sql.unsafe("set jit = off");
  await sql.unsafe("set idle_in_transaction_session_timeout = 0");
  await sql.unsafe(`set lock_timeout = '${Number(settings.lock_timeout_seconds)}s'`);

  for (let attempt = 1; attempt <= lockAttempts; attempt++) {
    const statement = await wanted();
    await sql.unsafe("begin isolation level repeatable read read only");
    if (await lock(statement) && await wanted() === statement) return;
    await sql.unsafe("rollback");
  }
  throw new AppError("table_changed", "Tables were created or dropped faster than they could be locked.", {
    hint: "Wait until the migration that is running has ended, then make the backup again.",
  });
}

function connectionLost(): AppError {
  return new AppError("database_unavailable", "The connection that holds the snapshot was lost.", {
    hint: "Make the backup again.",
  });
}
