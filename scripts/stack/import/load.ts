import { Failure } from "../failure.ts";
import type { Cluster } from "../postgres.ts";
import type { Psql } from "../psql.ts";
import { decode, encode, type Piece, pieces, withoutComments } from "./script.ts";
import {
  clearing,
  judge,
  type Known,
  ourSchemas,
  shelveUsers,
  subjectOf,
  userColumnsOf,
  type Verdict,
} from "./verdict.ts";

export interface ImportAccount {
  tables: number;
  people: number;
  /** Accounts without a password that stand in for people whose accounts the dump does not have. */
  standIns: number;
  /** How many statements were left out, and what they were about. */
  skipped: Map<string, number>;
  /** Extensions that this machine does not have. */
  lacking: string[];
}

/** Loads somebody's plain SQL dump (schema and data) as the project's role, whole or not at all. */
export async function importDump(cluster: Cluster, file: string): Promise<ImportAccount> {
  await mustBePlain(file);
  const known = await whatIsKnown(cluster.project);
  const survey = await surveyDump(file, known);
  known.hasThisSystem = survey.hasThisSystem;
  const lacking = await prepare(cluster, survey);

  const result = await cluster.project.stream(
    ReadableStream.from(rewritten(file, known)).pipeThrough(encoder()),
  );
  if (!result.ok) throw loadFailure(file, result.stderr, lacking);
  await cluster.superuser.rows("analyze");
  const [tables, people, standIns] = await Promise.all([
    "select count(*) from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace",
    "select count(*) from auth.users where not raw_app_meta_data ? 'stands_in'",
    "select count(*) from auth.users where raw_app_meta_data ? 'stands_in'",
  ].map(async (sql) => Number(await cluster.project.value(sql))));
  return { tables, people, standIns, skipped: survey.skipped, lacking };
}

async function mustBePlain(file: string): Promise<void> {
  let beginning: string;
  try {
    using source = await Deno.open(file);
    const bytes = new Uint8Array(262);
    const length = await source.read(bytes) ?? 0;
    beginning = String.fromCharCode(...bytes.subarray(0, length));
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  if (beginning === "") throw new Failure(`${file} is empty.`);
  const isPacked = ["PGDMP", "\x1f", "BZh", "PK", "\xfd7z", "\x28\xb5"].some((mark) =>
    beginning.startsWith(mark)
  );
  if (!isPacked && !beginning.includes("\0")) return;
  throw new Failure(`${file} is not plain SQL.`, {
    hint: "Unpack it, or make a plain dump: pg_restore -f dump.sql <archive>, or pg_dump without --format.",
  });
}

/** As `judge`, for each statement in turn: what a dump clears before it begins is not there. */
function judgeInTurn(known: Known): (text: string) => Verdict {
  let hasBegun = false;
  return (text) => {
    const sql = withoutComments(text);
    if (!hasBegun && clearing.test(sql)) return { skip: "the clearing of an old database" };
    hasBegun ||= /^(CREATE|COPY|INSERT)\s/i.test(sql);
    return judge(text, known);
  };
}

async function whatIsKnown(project: Psql): Promise<Known> {
  const column = async (sql: string) => (await project.rows(sql)).map(([value]) => value);
  const userColumns = await project.rows(
    "select attname, format_type(atttypid, atttypmod) from pg_attribute " +
      "where attrelid = 'auth.users'::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
  );
  return {
    settings: new Set(await column("select lower(name) from pg_settings")),
    roles: new Set(
      await column(
        "select rolname from pg_roles where rolname not like 'pg\\_%' or rolname = 'pg_database_owner'",
      ),
    ),
    userColumns: new Map(userColumns.map(([name, type]) => [name, type])),
    hasThisSystem: false,
  };
}

interface Survey {
  skipped: Map<string, number>;
  extensions: Map<string, string | undefined>;
  roles: Set<string>;
  hasThisSystem: boolean;
}

/** The first reading: what must be there before the load begins. */
async function surveyDump(file: string, known: Known): Promise<Survey> {
  const survey: Survey = {
    skipped: new Map(),
    extensions: new Map(),
    roles: new Set(),
    hasThisSystem: false,
  };
  const verdictOn = judgeInTurn(known);
  for await (const piece of pieces(file)) {
    if (piece.kind === "command") mustBeHarmless(piece);
    if (piece.kind !== "statement") continue;
    const verdict = verdictOn(piece.text);
    if (ourSchemas.has(subjectOf(withoutComments(piece.text))?.schema ?? "")) survey.hasThisSystem = true;
    if ("skip" in verdict) survey.skipped.set(verdict.skip, (survey.skipped.get(verdict.skip) ?? 0) + 1);
    if ("extension" in verdict) survey.extensions.set(verdict.extension, verdict.schema);
    if ("roles" in verdict) verdict.roles.forEach((role) => survey.roles.add(role));
  }
  return survey;
}

/** psql commands can read files and run programs: only those that pg_dump itself writes are passed over. */
function mustBeHarmless({ text, line }: Piece & { kind: "command" }): void {
  if (/^\\(restrict|unrestrict|connect|c|encoding)\b/.test(text.trim())) return;
  throw new Failure(
    `Line ${line} of the dump is a psql command, which is not run: ${decode(text.trim()).slice(0, 80)}`,
  );
}

/** Extensions as the platform would create them; roles of policies, without a login. Returns what cannot be had. */
async function prepare({ superuser, project }: Cluster, { extensions, roles }: Survey): Promise<string[]> {
  const lacking: string[] = [];
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  for (const [name, schema = "extensions"] of extensions) {
    const isThere = await superuser.value(
      `select 1 from pg_available_extensions where name = ${literal(name)}`,
    );
    if (!isThere) {
      lacking.push(name);
      continue;
    }
    if (schema !== "pg_catalog") await project.rows(`create schema if not exists ${quoted(schema)}`);
    await superuser.rows(
      `create extension if not exists ${quoted(name)} with schema ${quoted(schema)} cascade`,
    );
  }
  for (const role of roles) await project.rows(`create role ${quoted(role)} nologin`);
  return lacking;
}

/** The second reading: the script as it is loaded, with every line where it was. */
async function* rewritten(file: string, known: Known): AsyncGenerator<string> {
  let afterData = "";
  let isDropping = false;
  const verdictOn = judgeInTurn(known);
  for await (const piece of pieces(file)) {
    if (piece.kind === "command") yield linesOf(piece.text);
    else if (piece.kind === "data") {
      yield isDropping ? linesOf(piece.text) : piece.text;
      if (afterData && /^\\\.\r?\n?$/.test(piece.text)) {
        yield afterData;
        afterData = "";
      }
    } else {
      const verdict = verdictOn(piece.text);
      isDropping = !("keep" in verdict);
      yield "keep" in verdict ? verdict.keep : linesOf(piece.text);
      if ("keep" in verdict && /^CREATE TEMP TABLE imported_users .* COPY/im.test(verdict.keep)) {
        afterData = shelveUsers(userColumnsOf(piece.text)!, known);
      }
    }
  }
}

const linesOf = (text: string) => "\n".repeat(text.split("\n").length - 1);

function encoder(): TransformStream<string, Uint8Array> {
  let waiting = "";
  return new TransformStream({
    transform(text, controller) {
      waiting += text;
      if (waiting.length < 65536) return;
      controller.enqueue(encode(waiting));
      waiting = "";
    },
    flush: (controller) => controller.enqueue(encode(waiting)),
  });
}

function loadFailure(file: string, said: string, lacking: string[]): Failure {
  const message = said.trim().replaceAll(/psql:<stdin>:(\d+):/g, "line $1:");
  const hint = /schema ".*" does not exist/.test(message)
    ? "The dump refers to a schema that it does not contain: dump that one with it (pg_dump without --schema)."
    : lacking.length > 0
    ? `This machine lacks the dump's extensions ${lacking.join(", ")}.`
    : undefined;
  return new Failure(`${file} could not be loaded, and nothing of it is kept:\n${message}`, { hint });
}
