import assert from "node:assert/strict";
import { BackupDetails } from "../../functions/_shared/schemas.ts";
import { call, json, problem, secret } from "./_support/api.ts";
import { auditOf, withBackup, withRow } from "./_support/backups.ts";
import { withApp } from "./_support/in_process.ts";
import { withPerson } from "./_support/people.ts";
import { sql, test } from "./_support/stack.ts";
import { signedToken } from "./_support/tokens.ts";
import { eventually } from "./backup/_support/waiting.ts";

const verify = (id: string) => call("POST", `/backups/${id}/verify`, { as: secret });

test("verify: queued at once, and the backup then says how it went", async () => {
  await withBackup(async ({ id, record_counts }) => {
    const response = await verify(id);
    const { backup, job } = await json(response, 202);
    assert.equal(backup.id, id);
    assert.equal(job.kind, "verify");
    assert.equal(job.backup_id, id);
    assert.deepEqual(await auditOf(response), [{ action: "verify", outcome: "succeeded", target: id }]);

    await eventually("the drill has ended", async () => {
      const { backup: now } = await json(call("GET", `/backups/${id}`, { as: secret }));
      if (!now.verification) return false;
      assert.deepEqual(BackupDetails.parse(now), now, "as the description of the API says");
      assert.equal(now.verification.status, "passed", JSON.stringify(now.verification.differences));
      assert.equal(now.verification.job_id, job.id);
      assert.equal(now.verification.rows, record_counts["public.roles"]);
      assert.ok(now.verified_at);
      return true;
    });
  }, { tables: ["roles"] });
});

test("verify: only what is completed, and what there is", async () => {
  await withRow({ status: "failed" }, async (id) => {
    const response = await verify(id);
    await problem(response, 409, "not_completed");
    assert.deepEqual(await auditOf(response), [{ action: "verify", outcome: "failed", target: id }]);
  });
  await problem(verify("11111111-1111-4111-8111-111111111111"), 404, "backup_not_found");
  await problem(verify("7"), 422, "invalid_id");
});

test("verify: without an identity nothing is queued", async () => {
  const unusable = [["", 409, "identity_missing"], ["x", 500, "identity_invalid"]] as const;
  await withBackup(({ id }) =>
    withPerson("admin", async ({ id: person }) => {
      const credential = { authorization: `Bearer ${await signedToken({ sub: person })}` };
      for (const [ageIdentities, status, code] of unusable) {
        await withApp({ env: { ageIdentities } }, async (ask) => {
          const response = await ask(`/backups/${id}/verify`, credential, "POST");
          await problem(response, status, code);
          assert.deepEqual(await auditOf(response), [{ action: "verify", outcome: "failed", target: id }]);
        });
      }
      // The sweep's drills are nobody's.
      assert.equal((await sql`select from backup.jobs where created_by = ${person}`).length, 0);
    }), { tables: ["roles"] });
});
