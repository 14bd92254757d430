/** The same through supabase.functions.invoke(), as a frontend with supabase-js calls it. */
import assert from "node:assert/strict";
import { createClient, FunctionsHttpError } from "@supabase/supabase-js";
import { gunzipSync } from "node:zlib";
import { ended, gone } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { stack, test } from "./_support/stack.ts";

function newClient(key: string) {
  return createClient(stack.apiUrl, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
}

test("functions.invoke: a signed-in administrator, from the first call to the last", async () => {
  await withPerson("admin", async ({ email, password }) => {
    const supabase = newClient(stack.publishableKey);
    const before = await supabase.functions.invoke("backups", { method: "GET" });
    assert.ok(before.error instanceof FunctionsHttpError, "nobody has signed in yet");
    assert.equal(before.error.context.status, 401);

    const { error: failure } = await supabase.auth.signInWithPassword({ email, password });
    assert.equal(failure, null);

    const created = await supabase.functions.invoke("backups/create", {
      body: { tables: ["roles"], notes: "invoked" },
    });
    assert.equal(created.error, null);
    const { backupId } = created.data;
    await ended(backupId);

    const list = await supabase.functions.invoke("backups?page=1&limit=10", { method: "GET" });
    assert.ok(list.data.backups.some(({ id }: { id: string }) => id === backupId));

    const one = await supabase.functions.invoke(`backups/${backupId}`, { method: "GET" });
    assert.equal(one.data.backup.notes, "invoked");
    assert.ok(one.data.downloadUrl);

    const file = await supabase.functions.invoke(`backups/${backupId}/download`, {
      method: "GET",
      headers: { Accept: "application/octet-stream" },
    });
    assert.ok(file.data instanceof Blob);
    assert.match(gunzipSync(await file.data.bytes()).toString(), /copy public\.roles/);

    const report = await supabase.functions.invoke("validate?tables=roles", { method: "GET" });
    assert.ok(report.data.validationResults.roles);

    const deleted = await supabase.functions.invoke(`backups/${backupId}`, { method: "DELETE" });
    assert.equal(deleted.error, null);
    await gone(backupId);
    await supabase.auth.signOut();
  });
});

test("functions.invoke: a body that is a string already", async () => {
  const supabase = newClient(stack.secretKey);
  const { data, error } = await supabase.functions.invoke("backups", {
    body: JSON.stringify({ tables: ["roles"], notes: "text/plain" }),
  });
  assert.equal(error, null);
  assert.equal(data.backup.notes, "text/plain");
  await ended(data.backupId);
  await supabase.functions.invoke(`backups/${data.backupId}`, { method: "DELETE" });
  await gone(data.backupId);
});

test("functions.invoke: an error's text and code are in its context", async () => {
  const supabase = newClient(stack.secretKey);
  const { error } = await supabase.functions.invoke("backups", { body: { tables: ["nope"] } });
  assert.ok(error instanceof FunctionsHttpError);
  const body = await error.context.json();
  assert.equal(body.code, "invalid_tables");
  assert.match(body.error, /nope/);
});

test("functions.invoke: with a region", async () => {
  const supabase = newClient(stack.secretKey);
  const { error } = await supabase.functions.invoke("backups?limit=1", {
    method: "GET",
    region: "eu-central-1" as never,
  });
  assert.equal(error, null);
});
