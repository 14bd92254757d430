import assert from "node:assert/strict";
import { generateKeyPair } from "../../functions/_shared/age.ts";
import { Keys } from "../../functions/_shared/key_schemas.ts";
import { call, json, problem } from "./_support/api.ts";
import { withBackup } from "./_support/backups.ts";
import { withApp } from "./_support/in_process.ts";
import { withPerson } from "./_support/people.ts";
import { test } from "./_support/stack.ts";

const path = "/backups/keys";

/** The answer, in which no identity may be. */
async function keysOf(answer: Promise<Response>) {
  const response = await answer;
  const keys = await json(response);
  assert.deepEqual(Keys.parse(keys), keys);
  assert.ok(!/AGE-SECRET-KEY/i.test(JSON.stringify(keys)));
  return keys;
}

test("keys: what is configured here reads what was made here", async () => {
  await withBackup(async () => {
    await withApp({}, async (ask) => {
      const keys = await keysOf(ask(path));
      assert.equal(keys.recipients.length, 1);
      assert.deepEqual(keys.identities, [{ recipient: keys.recipients[0] }]);
      assert.deepEqual([keys.can_read, keys.last_backup_readable], [true, true]);
    });
  }, { tables: ["roles"] });
});

test("keys: while they are rotated, and when the identity is elsewhere", async () => {
  const [old, next] = [await generateKeyPair(), await generateKeyPair()];
  const ageRecipients = `${next.recipient}, ${old.recipient}`;
  await withBackup(async () => {
    await withApp({ env: { ageRecipients, ageIdentities: `# old\n${old.identity}` } }, async (ask) => {
      assert.deepEqual(await keysOf(ask(path)), {
        recipients: [next.recipient, old.recipient],
        identities: [{ recipient: old.recipient }],
        can_read: true,
        last_backup_readable: false,
      });
    });
    await withApp({ env: { ageRecipients, ageIdentities: "" } }, async (ask) => {
      const keys = await keysOf(ask(path));
      assert.deepEqual([keys.identities, keys.can_read, keys.last_backup_readable], [[], false, false]);
    });
    await withApp({ env: { ageRecipients: "" } }, async (ask) => {
      const keys = await keysOf(ask(path));
      assert.deepEqual([keys.recipients, keys.can_read, keys.last_backup_readable], [[], false, true]);
    });
    // A storage that refuses says nothing about keys.
    const noStorage: typeof fetch = () => Promise.resolve(new Response("{}", { status: 403 }));
    await withApp({ fetch: noStorage }, async (ask) => {
      assert.equal((await keysOf(ask(path))).last_backup_readable, null);
    });
  }, { tables: ["roles"] });
});

test("keys: malformed ones, and an identity in the wrong place, are faults that show nothing", async () => {
  const { identity, recipient } = await generateKeyPair();
  await withApp({ env: { ageRecipients: `${recipient} ${identity}` } }, async (ask, log) => {
    const fault = await problem(await ask(path), 500, "recipients_invalid");
    assert.ok(!JSON.stringify([fault, log]).includes(identity));
  });
  await withApp({ env: { ageIdentities: "AGE-SECRET-KEY-1OOPS" } }, async (ask, log) => {
    const fault = await problem(await ask(path), 500, "identity_invalid");
    assert.ok(!JSON.stringify([fault, log]).includes("OOPS"));
  });
});

test("keys: for administrators", async () => {
  await withPerson("admin", async ({ credential }) => {
    await keysOf(call("GET", path, { as: credential }));
  });
  await withPerson("alumni", async ({ credential }) => {
    await problem(call("GET", path, { as: credential }), 403, "forbidden");
  });
  await problem(call("GET", path), 401, "unauthenticated");
});
