import postgres from "postgres";
import { arrayTypes } from "../_shared/array_types.ts";
import { expectedTransactions } from "../_shared/database.ts";
import { AppError } from "../_shared/errors.ts";

/** A connection of a job's own, for what takes long or must not change its connection on the way. */
export interface Session {
  /**
   * Runs one statement. Fails as soon as the connection is lost, and from then on: the driver would quietly open
   * another one, without the settings, the transaction and the snapshot of this one; or wait for ever.
   */
  run<T>(statement: (sql: postgres.Sql) => PromiseLike<T>): Promise<T>;
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
  driver?: {
    socket?: () => Promise<unknown>;
    onnotice?: (notice: postgres.Notice) => void;
  };
}

export async function openSession(options: SessionOptions): Promise<Session> {
  const { databaseUrl, purpose, statements, signal, driver } = options;
  signal.throwIfAborted();
  const loss = new AbortController();
  const sql = postgres(databaseUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    ...arrayTypes,
    onnotice: () => {},
    onclose: () => loss.abort(connectionLost(purpose)),
    connection: { application_name: `backup-worker ${purpose}`, ...expectedTransactions },
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
  return { run: (statement) => unlessAborted(loss.signal, () => statement(sql)), close };
}

/** The work's result, or the signal's reason, whichever comes first. */
function unlessAborted<T>(signal: AbortSignal, work: () => PromiseLike<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const give = () => reject(signal.reason);
    signal.addEventListener("abort", give);
    work().then(resolve, reject).then(() => signal.removeEventListener("abort", give));
  });
}

function connectionLost(purpose: string): AppError {
  return new AppError("database_unavailable", `The connection of the worker's ${purpose} was lost.`, {
    hint: "Ask for it again.",
  });
}

const patience = [
  "set statement_timeout = 0",
  "set idle_in_transaction_session_timeout = 0",
  // Of some servers.
  "select set_config(name, '0', false) from pg_settings where name in ('transaction_timeout', 'idle_session_timeout')",
  // Nobody's patience but the worker's: what it was doing ends with it.
  "set client_connection_check_interval = '2s'",
  // A host that is gone says nothing at all; what its session has locked must not stay so for hours.
  "set tcp_keepalives_idle = 10",
  "set tcp_keepalives_interval = 5",
  "set tcp_keepalives_count = 3",
  // Catalogue queries look dear to the planner; compiling them is what is dear.
  "set jit = off",
];

/**
 * For a session whose transactions report on a job, and so hold its entry: one that stands still between the report
 * and its commit (a worker that is frozen) ends before the lease does, and the next worker can take the job over.
 */
export const neverStandingStill = "set idle_in_transaction_session_timeout = '20s'";

/** One transaction of a session. Not the driver's own `begin`: that writes its rollback into a lost connection. */
export async function inTransaction(session: Session, work: () => Promise<void>): Promise<void> {
  await session.run((sql) => sql.unsafe("begin"));
  try {
    await work();
    await session.run((sql) => sql.unsafe("commit"));
  } catch (error) {
    // A connection that cannot roll back has ended, and its transaction with it.
    await session.run((sql) => sql.unsafe("rollback")).catch(() => {});
    throw error;
  }
}
