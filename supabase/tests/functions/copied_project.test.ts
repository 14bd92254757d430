/** Somebody has copied the project: what came along must not work on its own. */
import assert from "node:assert/strict";
import { call, json, problem, secret } from "./_support/api.ts";
import { sql, test } from "./_support/stack.ts";
import { withoutSweep } from "./backup/_support/own_worker.ts";

const id = "11111111-1111-4111-8111-111111111111";

/** As if the database had been copied here from another project. */
async function inACopy(work: () => Promise<void>): Promise<void> {
  await withoutSweep(async () => {
    const [{ system_identifier }] = await sql`select system_identifier from backup.installation`;
    await sql`update backup.installation set system_identifier = 'elsewhere'`;
    try {
      await work();
    } finally {
      await sql`update backup.installation set system_identifier = ${system_identifier}`;
    }
  });
}

test("copied project: no work is taken on, and the answer says what to do", async () => {
  const requests: [string, string, Record<string, unknown>?][] = [
    ["POST", "/backups", { tables: ["roles"] }],
    ["POST", `/backups/${id}/verify`],
    ["POST", `/backups/${id}/preview`],
    ["POST", `/backups/${id}/restore`, { skip_preview: true }],
    ["POST", `/backups/${id}`],
    ["POST", `/backups/restores/${id}/undo`],
    ["POST", "/backups/rescan"],
    ["PUT", "/backups/schedules", { daily: { is_enabled: true } }],
    ["PUT", "/backups/retention", { keep_last: 9 }],
  ];
  await inACopy(async () => {
    for (const [method, path, body] of requests) {
      const { hint } = await problem(call(method, path, { as: secret, body }), 409, "project_unconfirmed");
      assert.match(hint, /confirm_project/, `${method} ${path}`);
    }
  });
});

test("copied project: one can still look, and health tells", async () => {
  await inACopy(async () => {
    for (const path of ["", "/restores", "/jobs", "/schedules", "/retention", "/notifications", "/audit"]) {
      await json(call("GET", `/backups${path}`, { as: secret }));
    }
    const { status, checks } = await json(call("GET", "/backups/health", { as: secret }), 503);
    assert.equal(status, "failing");
    const project = checks.find(({ name }: { name: string }) => name === "project");
    assert.equal(project.status, "failing");
  });
});
