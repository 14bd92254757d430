import postgres from "postgres";
import type { Answers } from "./answers.ts";
import { arrayTypes } from "./array_types.ts";
import type { Caller } from "./caller.ts";
import type { Database as Schema } from "./database.types.ts";
import { fromSqlError } from "./sql_errors.ts";

/**
 * The one module that talks to SQL. Every function of schema `backup` is called
 * by name with named arguments, in a transaction that knows who calls.
 */
export interface Database {
  /**
   * Calls `backup.<name>(arg => value, …)` and gives its answer; an argument
   * that is undefined is left to the function's default. Commits when it
   * returns; whatever it raises arrives as an AppError.
   */
  call<Name extends FunctionName>(
    name: Name,
    args: FunctionArgs<Name>,
    caller: Caller,
  ): Promise<FunctionAnswer<Name>>;
  /** The driver itself, for COPY and for transactions that span many steps. */
  readonly sql: postgres.Sql;
  close(): Promise<void>;
}

type Functions = Schema["backup"]["Functions"];
type Args<F> = F extends { Args: infer A } ? A : never;

export type FunctionName = Extract<keyof Functions, string>;
/** A null is as good as an absent value for every argument of ours. */
export type FunctionArgs<Name extends FunctionName> = Args<Functions[Name]> extends Record<PropertyKey, never>
  ? Record<string, never>
  : { [K in keyof Args<Functions[Name]>]: Args<Functions[Name]>[K] | null };
/** jsonb has no type in SQL; answers.ts knows the shape of those that matter. */
export type FunctionAnswer<Name extends FunctionName> = Name extends keyof Answers ? Answers[Name]
  : Functions[Name] extends { Returns: infer R } ? R
  : never;

export interface ConnectOptions {
  url: string;
  /** Which project we are functions of: in a copy of the database SQL gives no work to those of another. */
  projectUrl: string;
  /** Seen in pg_stat_activity. */
  applicationName: string;
  /** Connections at most; opened when needed, closed when idle. */
  max?: number;
  /** Milliseconds; 0 for none. */
  statementTimeout?: number;
}

/** Whatever the project has made its default: our SQL looks, after it has locked, at what is there by then. */
export const expectedTransactions = { default_transaction_isolation: "read committed" } as const;

export function connect(options: ConnectOptions): Database {
  const sql = postgres(options.url, {
    max: options.max ?? 3,
    idle_timeout: 20,
    connect_timeout: 10,
    ...arrayTypes,
    // Raised by `create … if not exists` and the like: of no use to anybody.
    onnotice: () => {},
    connection: {
      application_name: options.applicationName,
      statement_timeout: options.statementTimeout ?? 120_000,
      idle_in_transaction_session_timeout: 60_000,
      ...expectedTransactions,
    },
  });

  return {
    sql,
    call: (name, args, caller) => callFunction(sql, name, args, { caller, projectUrl: options.projectUrl }),
    close: () => sql.end({ timeout: 5 }),
  };
}

async function callFunction<Name extends FunctionName>(
  sql: postgres.Sql,
  name: Name,
  args: FunctionArgs<Name>,
  context: CallContext,
): Promise<FunctionAnswer<Name>> {
  try {
    // One statement, which is its own transaction: to roll back in a connection that was lost ends the process. The
    // settings are there first, for the call is made for their row.
    const rows = await sql<{ answer: unknown }[]>`
      with context as materialized (select ${settings(sql, context, true)})
      select ${functionCall(sql, name, args)} as answer from context`;
    return rows[0].answer as FunctionAnswer<Name>;
  } catch (error) {
    throw fromSqlError(error);
  }
}

export interface CallContext {
  caller: Caller;
  projectUrl: string;
}

/** Tells SQL, until the session ends, who calls and from where. */
export function setContext(sql: postgres.ISql, context: CallContext) {
  return sql`select ${settings(sql, context, false)}`;
}

/** The call itself, on whichever connection. */
export function invoke<Name extends FunctionName>(
  sql: postgres.ISql,
  name: Name,
  args: FunctionArgs<Name>,
): postgres.PendingQuery<{ answer: unknown }[]> {
  return sql<{ answer: unknown }[]>`select ${functionCall(sql, name, args)} as answer`;
}

function settings(sql: postgres.ISql, { caller, projectUrl }: CallContext, isLocal: boolean) {
  const { sub } = caller.claims;
  // The second setting is PostgREST's older form, which auth.uid() of the local API reads.
  return sql`
    set_config('request.jwt.claims', ${JSON.stringify(caller.claims)}, ${isLocal}),
    set_config('request.jwt.claim.sub', ${typeof sub === "string" ? sub : ""}, ${isLocal}),
    set_config('backup.client_ip', ${caller.ip ?? ""}, ${isLocal}),
    set_config('backup.user_agent', ${caller.userAgent ?? ""}, ${isLocal}),
    set_config('backup.request_id', ${caller.requestId}, ${isLocal}),
    set_config('backup.project_url', ${projectUrl}, ${isLocal})`;
}

/** Names become quoted identifiers, values become parameters. */
function functionCall<Name extends FunctionName>(sql: postgres.ISql, name: Name, args: FunctionArgs<Name>) {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const list = given.map(([argument, value], index) =>
    sql`${index > 0 ? sql`,` : sql``}
      ${sql(argument)} => ${value as postgres.SerializableParameter}`
  );
  return sql`${sql(`backup.${name}`)}(${list.length > 0 ? list : sql``})`;
}
