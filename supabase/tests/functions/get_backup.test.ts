import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, withBackup, withRow } from "./_support/backups.ts";
import { withPerson } from "./_support/people.ts";
import { sql, stack, test } from "./_support/stack.ts";

test("get: a backup with its tables and report", async () => {
  await withBackup(async ({ id }) => {
    const { backup } = await json(call("GET", `/backups/${id}`, { as: secret }));
    assert.equal(backup.status, "completed");
    assert.deepEqual(backup.table_details.map(({ table }: { table: string }) => table), ["public.events"]);
    const [details] = backup.table_details;
    assert.deepEqual(details.key, ["id"]);
    assert.ok(details.columns.length > 5 && details.raw_bytes > 0 && details.parts >= 1);
    assert.ok(backup.validation_results.tables[0].rules.length > 0);
    assert.ok(backup.duration_ms >= 0);
    assert.match(backup.completed_at, /Z$/);
  }, { tables: ["events"] });
});

test("get: what depends on what, as it was", async () => {
  await withBackup(async ({ id }) => {
    const { backup } = await json(call("GET", `/backups/${id}`, { as: secret }));
    const of = (name: string) => backup.table_details.find(({ table }: { table: string }) => table === name);
    assert.deepEqual(of("public.user_roles").references, ["public.profiles", "public.roles"]);
    assert.deepEqual(of("public.user_roles").referenced_by, []);
    assert.deepEqual(of("public.roles").referenced_by, ["public.user_roles"]);
  }, { tables: ["user_roles", "roles"] });
});

test("get: a link to the clear archive works once, without a credential", async () => {
  await withPerson(
    "admin",
    ({ credential, id: person }) =>
      withBackup(async ({ id, clear_size, filename }) => {
        const issued = await call("GET", `/backups/${id}`, { as: credential });
        const { downloadUrl } = await json(issued);
        assert.deepEqual(await auditOf(issued), [{ action: "link", outcome: "succeeded", target: id }]);
        assert.ok(downloadUrl.startsWith(`${stack.apiUrl}/functions/v1/backups/${id}/download?token=`));

        // A messenger that looks at a link before showing it must not use it up.
        assert.equal((await fetch(downloadUrl, { method: "HEAD" })).status, 405);

        const used = await fetch(downloadUrl);
        const bytes = new Uint8Array(await used.arrayBuffer());
        assert.equal(used.status, 200);
        assert.equal(bytes.length, clear_size);
        assert.equal(used.headers.get("content-disposition"), `attachment; filename=${filename}`);
        assert.match(gunzipSync(bytes).toString(), /copy public\.roles/);
        assert.deepEqual(await auditOf(used), [{ action: "download", outcome: "succeeded", target: id }]);
        const [{ actor_id }] = await sql`
      select actor_id from backup.audit_log where request_id = ${used.headers.get("x-request-id")}`;
        assert.equal(actor_id, person, "in the name of the person who asked for the link");

        const again = await fetch(downloadUrl);
        await problem(again, 410, "link_invalid");
        assert.deepEqual(await auditOf(again), [], "somebody without a credential cannot fill the audit log");
      }, { tables: ["roles"] }),
  );
});

test("get: a link is of no use for another backup, later, altered, or after its person lost the role", async () => {
  await withBackup(async ({ id }) => {
    const link = async (as = secret) =>
      new URL((await json(call("GET", `/backups/${id}`, { as }))).downloadUrl);

    await withRow({ status: "failed" }, async (other) => {
      const url = await link();
      await problem(fetch(url.href.replace(id, other)), 410, "link_invalid");
    });

    const altered = await link();
    altered.searchParams.set("token", `${altered.searchParams.get("token")!.slice(0, -1)}x`);
    await problem(fetch(altered), 410, "link_invalid");
    altered.searchParams.set("token", "");
    await problem(fetch(altered), 422, "invalid_request");

    const late = await link();
    await sql`update backup.download_links set expires_at = now() - interval '1 second' where backup_id = ${id}`;
    await problem(fetch(late), 410, "link_invalid");

    await withPerson("admin", async ({ id: person, credential }) => {
      const url = await link(credential);
      await sql`delete from public.user_roles where profile_id = ${person}`;
      await problem(fetch(url), 403, "forbidden");
    });
  }, { tables: ["roles"] });
});

test("get: nothing to download, no link", async () => {
  for (const status of ["failed", "blocked", "processing", "deleting"]) {
    await withRow({ status, kind: "safety" }, async (id) => {
      const answer = await json(call("GET", `/backups/${id}`, { as: secret }));
      assert.equal(answer.downloadUrl, undefined);
    });
  }
});

test("get: a look that wants no link makes none, and leaves nothing in the audit log", async () => {
  await withBackup(async ({ id }) => {
    const links = () => sql`select count(*) from backup.download_links where backup_id = ${id}`;
    const before = await links();
    const answer = await call("GET", `/backups/${id}?link=false`, { as: secret });
    const { backup, downloadUrl } = await json(answer);
    assert.equal(backup.status, "completed");
    assert.equal(downloadUrl, undefined);
    assert.deepEqual(await auditOf(answer), []);
    assert.deepEqual(await links(), before);

    assert.ok((await json(call("GET", `/backups/${id}?link=true`, { as: secret }))).downloadUrl);
    await problem(call("GET", `/backups/${id}?link=no`, { as: secret }), 422, "invalid_request");
  }, { tables: ["roles"] });
});

test("get: HEAD makes no link", async () => {
  await withBackup(async ({ id }) => {
    const before = await sql`select count(*) from backup.download_links where backup_id = ${id}`;
    await call("HEAD", `/backups/${id}`, { as: secret });
    assert.deepEqual(await sql`select count(*) from backup.download_links where backup_id = ${id}`, before);
  }, { tables: ["roles"] });
});
