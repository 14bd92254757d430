import postgres from "postgres";
import { AppError } from "../_shared/errors.ts";

/** A connection of a job's own, for what takes long or must not change its connection on the way. */
export interface Session {
  /**
   * The driver, for the next statement. Once the connection was lost it is refused: the driver would quietly open
   * another one, without the settings, the transaction and the snapshot of this one.
   */
  readonly sql: postgres.Sql;
  /** The error for whoever notices first. */
  lost(): AppError;
  close(): Promise<void>;
}

export interface SessionOptions {
  databaseUrl: string;
  /** In a word: seen in pg_stat_activity, and in the error should the connection be lost. */
  purpose: string;
  /** What the session is set to, besides that nobody's patience governs it. */
  statements: string[];
  /** Closes the connection when aborted. */
  signal: AbortSignal;
  /** Of the driver's options, those that a session may have of its own. */
  driver?: { socket?: () => Promise<unknown>; onnotice?: (notice: postgres.Notice) => void };
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const { databaseUrl, purpose, statements, signal, driver } = options;
  let isLost = false;
  const sql = postgres(databaseUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    onclose: () => isLost = true,
    connection: { application_name: `backup-worker ${purpose}` },
    ...driver,
  });
  const close = async () => {
    signal.removeEventListener("abort", close);
    await sql.end({ timeout: 0 });
  };
  signal.addEventListener("abort", close);

  try {
    await sql.unsafe([...patience, ...statements].join("; "));
  } catch (error) {
    await close();
    throw error;
  }

  const lost = () =>
    new AppError("database_unavailable", `The connection of the worker's ${purpose} was lost.`, {
      hint: "Ask for it again.",
    });
  return {
    get sql() {
      if (isLost) throw lost();
      return sql;
    },
    lost,
    close,
  };
}

const patience = [
  "set statement_timeout = 0",
  "set idle_in_transaction_session_timeout = 0",
  // Of some servers.
  "select set_config(name, '0', false) from pg_settings where name in ('transaction_timeout', 'idle_session_timeout')",
  // Nobody's patience but the worker's: what it was doing ends with it.
  "set client_connection_check_interval = '2s'",
  // Catalogue queries look dear to the planner; compiling them is what is dear.
  "set jit = off",
];
