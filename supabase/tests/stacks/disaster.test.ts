/** The database is lost with all that it knew; what is left is a copy of the bucket's objects, the age key, and the migrations. */
import assert from "node:assert/strict";
import { createClient } from "@supabase/supabase-js";
import {
  assertNothingLeft,
  completed,
  contents,
  type Project,
  settled,
  until,
  withProject,
} from "./_support/project.ts";

Deno.test("disaster: from the bucket's objects alone, everything comes back, byte for byte", async () => {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>();
  let before: Record<string, string> = {};
  let lost = "";
  // The one secret that is kept elsewhere.
  let functionEnv: Record<string, string> = {};
  await withProject(async (project) => {
    const { backupId } = await project.ask("POST", "/create", 202, {});
    await completed(project, backupId);
    before = await contents(project);
    lost = backupId;
    const { recipient, identity } = project.stack.keys;
    functionEnv = { BACKUP_AGE_RECIPIENTS: recipient, BACKUP_AGE_IDENTITY: identity };
    for (const path of await paths(project)) objects.set(path, await download(project, path));
  });
  assert.ok(objects.size > 1, "parts and a manifest");

  // The folder of the database is gone, and what was in the bucket with it. Not even the project's keys are the same.
  await withProject(async (project) => {
    assert.equal((await project.ask("GET", "", 200)).count, 0, "an empty catalogue");
    for (const hash of Object.values(await contents(project))) {
      assert.match(hash, /^[0-9] rows/, "no data but what migrations bring");
    }
    for (const [path, body] of objects) await upload(project, path, body);

    const { job } = await project.ask("POST", "/rescan", 202);
    const { result } = await ended(project, job.id);
    assert.deepEqual(result.imported, [lost]);
    assert.deepEqual([result.broken, result.orphans, result.missing], [[], [], []]);
    const imported = (await project.ask("GET", `/${lost}`, 200)).backup;
    assert.deepEqual([imported.kind, imported.verified_at], ["imported", null], "nobody has proved it here");
    assert.ok(imported.imported_at);

    const { job: drill } = await project.ask("POST", `/${lost}/verify`, 202);
    await ended(project, drill.id);
    const proved = (await project.ask("GET", `/${lost}`, 200)).backup;
    assert.equal(proved.verification.status, "passed", JSON.stringify(proved.verification));
    assert.ok(proved.verified_at, "a drill makes it trusted");

    const { restoreId } = await project.ask("POST", `/${lost}/preview`, 202, {});
    const preview = await settled(project, restoreId);
    assert.equal(preview.status, "previewed", JSON.stringify(preview.error));
    const consents = Object.fromEntries(preview.preview.needs.map((name: string) => [name, true]));
    await project.ask("POST", `/${lost}/restore`, 202, { restore_id: restoreId, ...consents });
    const restore = await settled(project, restoreId);
    assert.equal(restore.status, "completed", JSON.stringify(restore.error));
    assert.deepEqual(await contents(project), before);
    await assertNothingLeft(project);
  }, { seed: false, functionEnv: () => functionEnv });
});

async function ended(project: Project, jobId: string) {
  const job = await until("the job ends", async () => {
    const { job } = await project.ask("GET", `/jobs/${jobId}`, 200);
    return job.finished_at !== null && job;
  });
  assert.equal(job.status, "succeeded", JSON.stringify(job.error));
  return job;
}

// As an operator who copies objects from one project to another, with the Storage API and nothing of ours.

function storage({ apiUrl, secretKey }: Project) {
  const options = { auth: { persistSession: false, autoRefreshToken: false } };
  return createClient(apiUrl, secretKey, options).storage.from("backups");
}

async function paths({ sql }: Project): Promise<string[]> {
  const rows = await sql`select name from storage.objects where bucket_id = 'backups' order by name`;
  return rows.map(({ name }) => name);
}

async function download(project: Project, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const { data, error } = await storage(project).download(path);
  if (error) throw error;
  return new Uint8Array(await data.arrayBuffer());
}

async function upload(project: Project, path: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const { error } = await storage(project).upload(path, body, { contentType: "application/octet-stream" });
  if (error) throw error;
}
