import assert from "node:assert/strict";
import { Decrypter, Encrypter } from "age-encryption";
import {
  createDecrypt,
  createEncrypt,
  generateKeyPair,
  listRecipients,
  publicHalves,
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

Deno.test("age: what may be shown of the keys: recipients and public halves, each once", async () => {
  const [one, two] = [await generateKeyPair(), await generateKeyPair()];
  assert.deepEqual(await listRecipients(`${one.recipient}\n# note\n${two.recipient}, ${one.recipient}`), [
    one.recipient,
    two.recipient,
  ]);
  assert.deepEqual(await publicHalves(`# key\n${two.identity}\n${one.identity}\n${two.identity}`), [
    two.recipient,
    one.recipient,
  ]);
  assert.deepEqual([await listRecipients(" \n"), await publicHalves("")], [[], []]);
  await refused(listRecipients(`${one.recipient} ${two.identity}`), "recipients_invalid", /secret half/);
  await refused(publicHalves(`${one.identity} AGE-SECRET-KEY-1X`), "identity_invalid", /Entry 2/);
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

Deno.test("age: what the library wrote can be read, and it reads what we write", async () => {
  const { identity, recipient } = await generateKeyPair();
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const encrypt = await createEncrypt(recipient);
  for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]) {
    const clear = Uint8Array.from({ length: size }, (_, index) => index * 11);
    assert.deepEqual(await requireDecrypt(identity)(await encrypter.encrypt(clear)), clear, `${size} bytes`);
    assert.deepEqual(await decrypter.decrypt(await encrypt(clear)), clear, `${size} bytes`);
  }
});

Deno.test("age: cut anywhere, with chunks left out, in another order or too many", async () => {
  const { identity, recipient } = await generateKeyPair();
  const chunk = 65_536 + 16;
  const clear = new Uint8Array(3 * 65_536);
  const encrypted = await (await createEncrypt(recipient))(clear);
  const body = encrypted.length - 3 * chunk;
  const decrypt = requireDecrypt(identity);
  const piece = (index: number) => encrypted.slice(body + index * chunk, body + (index + 1) * chunk);
  const joined = async (...pieces: Uint8Array<ArrayBuffer>[]) =>
    new Uint8Array(await new Blob([encrypted.slice(0, body), ...pieces]).arrayBuffer());

  assert.deepEqual(await decrypt(await joined(piece(0), piece(1), piece(2))), clear);
  const wrong = [
    await joined(),
    await joined(piece(0), piece(1)),
    await joined(piece(1), piece(2)),
    await joined(piece(1), piece(0), piece(2)),
    await joined(piece(0), piece(1), piece(2), piece(2)),
    await joined(piece(0), piece(1), piece(2), new Uint8Array(16)),
    await joined(piece(0), piece(1), piece(2).slice(0, 16)),
    ...[body - 1, body - 16, body - 17, body - 30, 30, 1, 0].map((size) => encrypted.slice(0, size)),
  ];
  for (const bytes of wrong) await refused(decrypt(bytes), "part_corrupt", /decrypted/);
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
