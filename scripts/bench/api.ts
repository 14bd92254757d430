import { Failure } from "../stack/failure.ts";
import { apiUrl } from "../stack/people.ts";
import { pause } from "../stack/service.ts";
import type { Stack } from "../stack/stack.ts";

export type Headers = Record<string, string>;

/** Address of a route of the backups API. */
export const backupsUrl = ({ ports }: Stack, path: string) => `${apiUrl(ports)}/functions/v1/backups${path}`;

export async function post<T>(url: string, headers: Headers, body: unknown): Promise<T> {
  return await call<T>(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

export async function call<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  const body = await response.json();
  if (response.ok) return body as T;
  throw new Failure(`The backups API answered ${response.status}: ${body.detail ?? body.title}`);
}

export interface BackupRow {
  id: string;
  status: string;
  created_at: string;
  started_at: string;
  completed_at: string;
  raw_size: number;
  file_size: number;
  part_count: number;
  error: { message: string } | null;
}

/** Asks for a backup of everything and waits until it is completed. */
export async function makeBackup(stack: Stack, headers: Headers): Promise<BackupRow> {
  const { backupId } = await post<{ backupId: string }>(backupsUrl(stack, "/create"), headers, {});
  for (;;) {
    // Times are read from the row, so looking less often costs no precision.
    await pause(250);
    const { backup } = await call<{ backup: BackupRow }>(backupsUrl(stack, `/${backupId}`), { headers });
    if (backup.status === "completed") return backup;
    if (backup.status === "queued" || backup.status === "processing") continue;
    throw new Failure(`A backup ended ${backup.status}${backup.error ? `: ${backup.error.message}` : ""}.`, {
      log: `${stack.at.logs}/backup-worker.log`,
    });
  }
}
