import assert from "node:assert/strict";
import {
  createDecrypt,
  createEncrypt,
  generateKeyPair,
  requireDecrypt,
} from "../../../functions/_shared/age.ts";
import { AppError } from "../../../functions/_shared/errors.ts";

const text = new TextEncoder().encode("Fördererkreis");

Deno.test("age: several recipients, any of their identities, in lists of every form", async () => {
  const [one, two] = [await generateKeyPair(), await generateKeyPair()];
  const encrypt = await createEncrypt(` ${one.recipient},\n${two.recipient}\n`);
  const encrypted = await encrypt(text);
  for (const identity of [one.identity, `# public key: ${two.recipient}\n${two.identity}\n`]) {
    assert.deepEqual(await createDecrypt(identity)!(encrypted), text);
  }
});

Deno.test("age: a missing or malformed recipient is refused, naming the secret", async () => {
  const { identity, recipient } = await generateKeyPair();
  await refused(createEncrypt(" \n# none\n"), "recipients_missing", /BACKUP_AGE_RECIPIENTS/);
  await refused(
    createEncrypt(`${recipient} age1nonsense`),
    "recipients_invalid",
    /Entry 2 of 2 .*BACKUP_AGE_RECIPIENTS/,
  );
  await refused(createEncrypt(identity), "recipients_invalid", /secret half/);
  await assert.rejects(createEncrypt(identity), (error) => {
    assert.ok(!JSON.stringify([error, (error as Error).message, (error as Error).cause]).includes(identity));
    return true;
  });
});

Deno.test("age: a missing, malformed or foreign identity", async () => {
  const [ours, theirs] = [await generateKeyPair(), await generateKeyPair()];
  const encrypted = await (await createEncrypt(ours.recipient))(text);
  assert.equal(createDecrypt(""), null);
  assert.throws(() => requireDecrypt(""), { code: "identity_missing" });
  assert.throws(() => createDecrypt(`${ours.identity}\nAGE-SECRET-KEY-1X`), { code: "identity_invalid" });
  assert.throws(() => createDecrypt(ours.recipient), { code: "identity_invalid" });
  await refused(createDecrypt(theirs.identity)!(encrypted), "identity_mismatch", /BACKUP_AGE_IDENTITY/);
});

Deno.test("age: any size, at and around the edges of its chunks", async () => {
  const { identity, recipient } = await generateKeyPair();
  const encrypt = await createEncrypt(recipient);
  for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]) {
    const clear = Uint8Array.from({ length: size }, (_, index) => index * 7);
    assert.deepEqual(await requireDecrypt(identity)(await encrypt(clear)), clear, `${size} bytes`);
  }
});

Deno.test("age: bytes that were changed", async () => {
  const { identity, recipient } = await generateKeyPair();
  const encrypted = await (await createEncrypt(recipient))(text);
  const decrypt = requireDecrypt(identity);
  for (const place of [encrypted.length - 1, 3]) {
    const changed = encrypted.slice();
    changed[place] ^= 1;
    await refused(decrypt(changed), "part_corrupt", /decrypted/);
  }
  await refused(decrypt(encrypted.slice(0, -20)), "part_corrupt", /decrypted/);
});

async function refused(promise: Promise<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}
