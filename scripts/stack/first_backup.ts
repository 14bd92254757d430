import { Failure } from "./failure.ts";
import { apiUrl, asSecret, people, type Project, signIn } from "./people.ts";
import {
  bold,
  bytes,
  count,
  dim,
  green,
  pairs,
  plural,
  print,
  red,
  seconds,
  step,
  table,
  yellow,
} from "./print.ts";
import { pause } from "./service.ts";

interface RuleResult {
  title: string;
  severity: "error" | "warning";
  status: "passed" | "failed" | "not_applicable";
  violations: number;
}

interface TableResult {
  table: string;
  rows: number;
  status: string;
  rules: RuleResult[];
}

export interface Backup {
  id: string;
  filename: string | null;
  status: "queued" | "processing" | "completed" | "failed" | "blocked" | "deleting";
  tables: string[];
  row_count: number | null;
  raw_size: number | null;
  file_size: number | null;
  part_count: number | null;
  duration_ms: number | null;
  validation_results: { status: string; tables: TableResult[] } | null;
  error: { code: string; message: string; hint?: string; details?: { database_message?: string } } | null;
}

/**
 * Makes a backup as the administrator would, through the HTTP API, unless there is one already. Where the database
 * knows no administrator yet, the secret key stands in.
 */
export async function firstBackup(project: Project): Promise<{ backup: Backup; isNew: boolean }> {
  const headers = await adminHeaders(project) ?? asSecret(project);
  const [kept] = (await call<{ backups: Backup[] }>(project, headers, "?status=completed&limit=1")).backups;
  if (kept) return { backup: await read(project, headers, kept.id), isNew: false };

  const backup = await step("first backup", async () => {
    const created = await call<{ backupId: string }>(project, headers, "/create", {
      method: "POST",
      body: JSON.stringify({ notes: "The first backup, made by `deno task start`" }),
    });
    const deadline = Date.now() + 10 * 60_000;
    for (;;) {
      const backup = await read(project, headers, created.backupId);
      if (backup.status !== "queued" && backup.status !== "processing") return backup;
      if (Date.now() > deadline) {
        throw new Failure(`Backup ${backup.id} is still ${backup.status} after 10 minutes.`);
      }
      await pause(500);
    }
  }, ({ status }) => status === "completed" ? undefined : { failed: status });
  return { backup, isNew: true };
}

async function adminHeaders(project: Project): Promise<Record<string, string> | undefined> {
  try {
    const headers = await signIn(project, people.admin);
    await call(project, headers, "?limit=1");
    return headers;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** The account of a backup: what validation found, table by table, and what is in the archive. */
export function printAccount({ backup, isNew }: { backup: Backup; isNew: boolean }, logs: string): void {
  const report = backup.validation_results;
  if (report) {
    print(
      `\n${bold("Validation")} ${
        dim(isNew ? "of the data as it was backed up" : "as stored with the latest backup")
      }\n`,
    );
    print(table(["table", "rows", "rules", "result"], report.tables.map(validationRow), [1, 2]));
    const found = report.tables.flatMap(({ table, rules }) =>
      rules.filter(hasFailed).map((rule) => ({ table, rule }))
    );
    if (found.length > 0) print();
    for (const { table, rule } of found) {
      const mark = rule.severity === "error" ? red("✗") : yellow("!");
      print(`  ${mark} ${table}: ${rule.title} ${dim(`(${plural(rule.violations, "record")})`)}`);
    }
  }
  if (backup.status === "completed") return printArchive(backup, isNew);
  print(`\n${bold("Backup")} ${red(backup.status)}`);
  if (backup.error) {
    const { message, hint, details } = backup.error;
    print(`\n  ${message}`);
    if (details?.database_message) print(`  The database says: ${details.database_message}`);
    if (hint) print(`  ${hint}`);
    print(dim(`  Log: ${logs}/backup-worker.log`));
  }
  if (backup.status === "blocked") {
    print("\n  Validation found errors, so nothing was written (an override needs a reason).");
  }
}

function printArchive(backup: Backup, isNew: boolean): void {
  const raw = backup.raw_size ?? 0;
  const stored = backup.file_size ?? 0;
  const parts = backup.part_count ?? 0;
  const took = backup.duration_ms === null ? "" : ` in ${seconds(backup.duration_ms)}`;
  print(`\n${bold(isNew ? "Backup" : "Latest backup")} ${green("completed")}${took}\n`);
  print(pairs([
    ["archive", backup.filename ?? backup.id],
    ["content", `${plural(backup.tables.length, "table")}, ${plural(backup.row_count ?? 0, "row")}`],
    [
      "size",
      `${bytes(raw)} raw → ${bytes(stored)} stored, compressed and encrypted, in ${plural(parts, "part")}`,
    ],
    ["id", backup.id],
  ]));
}

function validationRow({ table, rows, rules }: TableResult): string[] {
  const applied = rules.filter((rule) => rule.status !== "not_applicable");
  const failed = applied.filter(hasFailed);
  const errors = failed.filter((rule) => rule.severity === "error").length;
  const warnings = failed.length - errors;
  const said = [
    errors > 0 ? red(plural(errors, "error")) : "",
    warnings > 0 ? yellow(plural(warnings, "warning")) : "",
  ].filter(Boolean).join(", ");
  return [table, count(rows), String(applied.length), said || green("passed")];
}

const hasFailed = (rule: RuleResult) => rule.status === "failed";

async function read(project: Project, headers: Record<string, string>, id: string): Promise<Backup> {
  return (await call<{ backup: Backup }>(project, headers, `/${id}`)).backup;
}

async function call<T>(
  project: Project,
  headers: HeadersInit,
  path: string,
  init: RequestInit = {},
): Promise<T> {
  const response = await fetch(`${apiUrl(project.ports)}/functions/v1/backups${path}`, {
    ...init,
    headers: { ...headers, "content-type": "application/json" },
  });
  const body = await response.json();
  if (response.ok) return body as T;
  throw new Failure(
    `The backups API answered ${response.status}: ${body.detail ?? body.message ?? body.title}`,
  );
}
