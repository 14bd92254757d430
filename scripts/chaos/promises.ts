/**
 * What is true whenever nobody is at work, whatever has happened before: every archive is whole, no restore is half
 * done, no job is stuck, no object belongs to nobody, no lock is held, and nothing is left in the staging schema.
 */
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { createClient } from "@supabase/supabase-js";
import type postgres from "postgres";

/** Asks the database, as the driver's own tag does. */
export type Statement = (
  strings: TemplateStringsArray,
  ...values: (string | number)[]
) => PromiseLike<postgres.RowList<postgres.Row[]>>;

/** A running project, as an operator reaches it. */
export interface Watched {
  sql: Statement;
  apiUrl: string;
  secretKey: string;
}

/** Every promise that is broken now, in words; none when all is well. Archives that are proven already are not read again. */
export async function brokenPromises(watched: Watched, proven = new Set<string>()): Promise<string[]> {
  const found = [await unfinished(watched), await halfDone(watched), await leftInDatabase(watched)];
  return [...found.flat(), ...await brokenArchives(watched, proven)];
}

/** What somebody works on, or should. */
export async function unfinished({ sql }: Watched): Promise<string[]> {
  const rows = await sql`
    select format('%s job %s (%s) is %s after attempt %s: %s', kind, job_id, coalesce(backup_id, restore_id), status, attempt_count, error) as text
    from backup.jobs where status in ('queued', 'running')
    union all
    select format('backup %s is %s: %s', id, status, error) from public.backups where status in ('queued', 'processing', 'deleting')
    union all
    select format('restore %s is %s: %s', restore_id, status, error) from backup.restores where status in ('queued', 'staging', 'applying')`;
  return rows.map(({ text }) => text);
}

/** States that nothing may end in. */
async function halfDone({ sql }: Watched): Promise<string[]> {
  const rows = await sql`
    select format('restore %s is %s and has kept images', restore_id, status) as text
    from backup.restores where status in ('previewed', 'failed', 'discarded')
      and exists (select from backup.restore_images as image where image.restore_id = restores.restore_id)
    union all
    select format('backup %s was made by two jobs', backup_id)
    from backup.jobs where kind = 'backup' and status = 'succeeded' group by backup_id having count(*) > 1
    union all
    select format('job %s: attempt %s began before attempt %s had ended', job_id, later.attempt, earlier.attempt)
    from backup.job_attempts as earlier join backup.job_attempts as later using (job_id)
    where later.attempt = earlier.attempt + 1 and (earlier.ended_at is null or later.started_at < earlier.ended_at)`;
  return rows.map(({ text }) => text);
}

/** Sessions, locks and tables that nobody needs any more. */
async function leftInDatabase({ sql }: Watched): Promise<string[]> {
  const rows = await sql`
    select format('session “%s” (%s) is in a transaction since %s: %s', application_name, pid, xact_start, left(query, 200)) as text
    from pg_stat_activity
    where datname = current_database() and starts_with(application_name, 'backup-worker') and xact_start is not null
    union all
    select format('session %s holds %s on %s', pid, mode, relation::regclass)
    from pg_locks
    where granted and pid <> pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())
      and relation in (select oid from pg_class
                       where relnamespace in (select oid from pg_namespace where nspname in ('public', 'backup', 'backup_staging')))
      and pid in (select pid from pg_stat_activity where starts_with(application_name, 'backup-worker'))
    union all
    select format('prepared transaction %s', gid) from pg_prepared_xacts
    union all
    select format('table backup_staging.%s belongs to nobody', relname)
    from pg_class
    where relnamespace = 'backup_staging'::regnamespace and relkind in ('r', 'p')
      and not exists (select from backup.restores
                      where status = 'previewed' and starts_with(relname, backup.staging_name(restore_id)))`;
  return rows.map(({ text }) => text);
}

/** How long an object and a whole archive may take: of a storage that never answers, one wants to hear. */
const objectSeconds = 30;
const downloadSeconds = 120;

interface Archive {
  id: string;
  rows: number | null;
  /** What must be in the bucket: sha256 by path. */
  objects: Map<string, string>;
}

/** The bucket holds the archives of completed backups, byte for byte, and nothing else. */
async function brokenArchives(watched: Watched, proven: Set<string>): Promise<string[]> {
  const broken: string[] = [];
  const archives = await completedArchives(watched);
  const known = new Set(archives.flatMap(({ objects }) => [...objects.keys()]));
  const found = new Set(await everyPath(watched));
  for (const path of found) {
    if (!known.has(path)) broken.push(`object ${path} belongs to no completed backup`);
  }
  for (const path of known) if (!found.has(path)) broken.push(`object ${path} is missing`);
  if (broken.length > 0) return broken;

  for (const archive of archives.filter(({ id }) => !proven.has(id))) {
    const faults = [...await brokenObjects(watched, archive), ...await brokenDownload(watched, archive)];
    if (faults.length === 0) proven.add(archive.id);
    broken.push(...faults);
  }
  return broken;
}

async function brokenObjects({ apiUrl, secretKey }: Watched, { objects }: Archive): Promise<string[]> {
  const client = createClient(apiUrl, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    global: {
      fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(objectSeconds * 1000) }),
    },
  });
  const bucket = client.storage.from("backups");
  const broken: string[] = [];
  for (const [path, expected] of objects) {
    const { data, error } = await bucket.download(path);
    if (error) broken.push(`object ${path} cannot be read: ${error.message}`);
    else if (sha256(new Uint8Array(await data.arrayBuffer())) !== expected) {
      broken.push(`object ${path} is not what was stored`);
    }
  }
  return broken;
}

async function completedArchives({ sql }: Watched): Promise<Archive[]> {
  const rows = await sql`
    select backup.id, backup.row_count::int as rows, backup.manifest_sha256,
           to_json(array(select object_path from backup.backup_parts where backup_id = backup.id order by ordinal)) as paths,
           to_json(array(select stored_sha256 from backup.backup_parts where backup_id = backup.id order by ordinal)) as sums
    from public.backups as backup where status = 'completed' order by created_at`;
  return rows.map(({ id, rows, manifest_sha256, paths, sums }) => ({
    id,
    rows,
    objects: new Map([
      [`${id}/manifest.json`, manifest_sha256],
      ...paths.map((path: string, index: number) => [path, sums[index]] as const),
    ]),
  }));
}

/** As a person downloads it: it can be unzipped to its end, and holds as many rows as it says. */
async function brokenDownload(watched: Watched, { id, rows }: Archive): Promise<string[]> {
  try {
    let found = 0;
    for await (const _row of archivedRows(watched, id)) found++;
    return found === rows ? [] : [`backup ${id} has ${rows} rows, its download ${found}`];
  } catch (error) {
    return [`the download of backup ${id} breaks off: ${(error as Error).message}`];
  }
}

/** The rows of an archive as COPY wrote them: the lines between each COPY … FROM stdin and its end. */
export async function* archivedRows({ apiUrl, secretKey }: Watched, id: string): AsyncGenerator<string> {
  const response = await fetch(`${apiUrl}/functions/v1/backups/${id}/download`, {
    headers: { apikey: secretKey },
    signal: AbortSignal.timeout(downloadSeconds * 1000),
  });
  if (!response.ok) throw new Error(await response.text());
  // An archive has a gzip member for each part; the web's own DecompressionStream takes one only.
  const clear = createGunzip().setEncoding("utf8");
  // A failure is met by whoever reads.
  pipeline(response.body!, clear).catch(() => {});
  let isInCopy = false;
  let rest = "";
  for await (const piece of clear as AsyncIterable<string>) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (!isInCopy) isInCopy = /^copy .* from stdin;$/i.test(line);
      else if (line === "\\.") isInCopy = false;
      else yield line;
    }
  }
}

/** Everything in the bucket, however deep. */
async function everyPath({ sql }: Watched): Promise<string[]> {
  const rows = await sql`select name from storage.objects where bucket_id = 'backups'`;
  return rows.map(({ name }) => name);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
