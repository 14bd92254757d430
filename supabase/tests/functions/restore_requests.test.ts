/** What a request for a restore may say, and what becomes of one that may not. */
import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, type Backup, withBackup, withRow } from "./_support/backups.ts";
import { sql, test } from "./_support/stack.ts";

const unknown = "11111111-1111-4111-8111-111111111111";
const post = (path: string, body: unknown) => call("POST", path, { as: secret, body });

type Faults = [body: Record<string, unknown>, path: string, message: RegExp][];

const wrongChoices: Faults = [
  [{ table: ["profiles"] }, "table", /not a known field/],
  [{ mode: "overwrite" }, "mode", /replace.*merge.*undelete/],
  [{ mode: "undo" }, "mode", /replace/],
  [{ tables: [] }, "tables", /./],
  [{ tables: [""] }, "tables.0", /./],
  [{ tables: ["a\0b"] }, "tables.0", /NUL/],
  [{ tables: "profiles" }, "tables", /array/],
  [{ rows: {} }, "rows", /1 to 1000 rows/],
  [{ rows: { profiles: [] } }, "rows.profiles", /./],
  [{ rows: { profiles: [null] } }, "rows.profiles.0", /./],
  [{ rows: { profiles: [[]] } }, "rows.profiles.0", /./],
  [{ rows: { profiles: [{}] } }, "rows.profiles.0", /./],
  [{ rows: { profiles: [9007199254740993] } }, "rows.profiles.0", /./],
  [{ rows: { profiles: "7" } }, "rows.profiles", /array/],
  [{ rows: { profiles: Array.from({ length: 1001 }, (_, n) => n) } }, "rows", /1 to 1000 rows/],
  [{ rows: { profiles: ["7"] }, tables: ["profiles"] }, "rows", /together with tables/],
  [{ tables: ["profiles"], with_children: true }, "with_children", /needs rows/],
  [{ accept_cascade: "yes" }, "accept_cascade", /boolean/],
  [{ accept_everything: true }, "accept_everything", /not a known field/],
];

async function expectFault(path: string, [body, field, message]: Faults[number]): Promise<void> {
  const { errors } = await problem(post(path, body), 422, "invalid_request");
  const fault = errors.find((error: { path: string }) => error.path === field);
  assert.ok(fault, `${JSON.stringify(body)}: ${JSON.stringify(errors)} names ${field}`);
  assert.match(fault.message, message);
}

test("restore requests: a preview with a wrong choice names the field", async () => {
  for (const fault of wrongChoices) await expectFault(`/backups/${unknown}/preview`, fault);
});

test("restore requests: so does a restore without a preview", async () => {
  for (const [body, ...rest] of wrongChoices) {
    await expectFault(`/backups/${unknown}/restore`, [{ skip_preview: true, ...body }, ...rest]);
  }
});

test("restore requests: either a preview's id or skip_preview, and what was previewed stays as it is", async () => {
  const faults: Faults = [
    [{}, "restore_id", /required/],
    [{ skip_preview: false }, "restore_id", /required/],
    [{ restore_id: "7" }, "restore_id", /UUID/],
    [{ restore_id: unknown, skip_preview: true }, "skip_preview", /together with restore_id/],
    [{ restore_id: unknown, mode: "merge" }, "mode", /decided/],
    [{ restore_id: unknown, tables: ["profiles"] }, "tables", /decided/],
    [{ restore_id: unknown, rows: { profiles: [1] } }, "rows", /decided/],
    [{ restore_id: unknown, with_children: true }, "with_children", /decided/],
  ];
  for (const fault of faults) await expectFault(`/backups/${unknown}/restore`, fault);
});

test("restore requests: the short form takes tables only, an undo consents only", async () => {
  await expectFault(`/backups/${unknown}`, [{ mode: "merge" }, "mode", /not a known field/]);
  await expectFault(`/backups/${unknown}`, [{ notes: "x" }, "notes", /not a known field/]);
  await expectFault(`/backups/restores/${unknown}/undo`, [{ tables: ["x"] }, "tables", /not a known field/]);
  await expectFault(`/backups/restores/${unknown}/undo`, [
    { accept_foreign_source: true },
    "accept_foreign_source",
    /known/,
  ]);
});

test("restore requests: ids that are none, and ids of nothing", async () => {
  const paths: [string, string, Record<string, unknown>?][] = [
    ["POST", "/backups/ID/preview"],
    ["POST", "/backups/ID/restore", { skip_preview: true }],
    ["POST", "/backups/ID"],
    ["GET", "/backups/restores/ID"],
    ["POST", "/backups/restores/ID/undo"],
    ["DELETE", "/backups/restores/ID"],
  ];
  for (const [method, path, body] of paths) {
    const send = (id: string) => call(method, path.replace("ID", id), { as: secret, body });
    await problem(send("7"), 422, "invalid_id");
    const isRestore = path.includes("/restores/");
    await problem(send(unknown), 404, isRestore ? "restore_not_found" : "backup_not_found");
  }
  const body = { restore_id: unknown };
  await problem(post(`/backups/${unknown}/restore`, body), 404, "restore_not_found");
});

test("restore requests: not of a backup that is not completed; each attempt is audited", async () => {
  for (const status of ["failed", "blocked", "queued", "processing"]) {
    await withRow({ status, kind: "safety" }, async (id) => {
      const attempts: [string, unknown, string][] = [
        [`/backups/${id}/preview`, {}, "preview"],
        [`/backups/${id}/restore`, { skip_preview: true }, "restore"],
        [`/backups/${id}`, {}, "restore"],
      ];
      for (const [path, body, action] of attempts) {
        const response = await post(path, body);
        const { detail } = await problem(response, 409, "not_completed");
        assert.match(detail, new RegExp(status));
        assert.deepEqual(await auditOf(response), [{ action, outcome: "failed", target: id }]);
      }
    });
  }
});

test("restore requests: tables and rows that the backup does not have, or that may not be chosen", async () => {
  await withBackup(async ({ id }: Backup) => {
    const tables = async (names: string[]) => {
      const answer = await problem(post(`/backups/${id}/preview`, { tables: names }), 422, "invalid_tables");
      return answer.tables.map(({ table }: { table: string }) => table);
    };
    assert.deepEqual(await tables(["profiles"]), ["profiles"]);
    assert.deepEqual(await tables(["roles", "nothing.here"]), ["nothing.here"]);
    assert.deepEqual(await tables(["public.backups"]), ["public.backups"]);
    assert.equal((await tables(["roles", "public.roles"])).length, 1, "named twice");

    const rows = (choice: unknown, code: string) =>
      problem(post(`/backups/${id}/preview`, { rows: choice }), 422, code);
    await rows({ nothing: [1] }, "invalid_tables");
    const wrong = await rows({ roles: ["not a key at all"] }, "invalid_rows");
    assert.match(wrong.detail, /roles/);
    await rows({ roles: [["a", "b"]] }, "invalid_rows");
    await rows({ roles: [{ name: "admin" }] }, "invalid_rows");
    assert.equal((await sql`select from backup.restores where backup_id = ${id}`).length, 0, "nothing stays");
  }, { tables: ["roles"] });
});

test("restore requests: what is asked for is what is written down", async () => {
  await withBackup(async ({ id }: Backup) => {
    const [role] = await sql`select id from public.roles limit 1`;
    const response = await post(`/backups/${id}/preview`, {
      mode: "undelete",
      rows: { roles: [role.id] },
      with_children: true,
      accept_privilege_changes: true,
      accept_cascade: null,
      skip_orphans: true,
    });
    const { restore, restoreId } = await json(response, 202);
    try {
      assert.equal(restore.id, restoreId);
      assert.equal(restore.backup_id, id);
      assert.equal(restore.mode, "undelete");
      assert.deepEqual(restore.tables, ["public.roles"]);
      assert.deepEqual(Object.keys(restore.rows), ["public.roles"]);
      const flags = {
        with_children: true,
        skip_preview: false,
        accept_privilege_changes: true,
        accept_cascade: false,
        accept_foreign_source: false,
        skip_orphans: true,
      };
      for (const [flag, value] of Object.entries(flags)) assert.equal(restore[flag], value, flag);
      assert.deepEqual(await auditOf(response), [{
        action: "preview",
        outcome: "succeeded",
        target: restoreId,
      }]);
    } finally {
      await json(call("DELETE", `/backups/restores/${restoreId}`, { as: secret }), 202);
      await sql`delete from backup.restores where restore_id = ${restoreId}`;
    }
  }, { tables: ["roles"] });
});
