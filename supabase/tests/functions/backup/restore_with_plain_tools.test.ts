import assert from "node:assert/strict";
import { call, json, secret } from "../_support/api.ts";
import { type Backup, bucket, ended, removeBackup, withBackup } from "../_support/backups.ts";
import { signIn } from "../_support/people.ts";
import { sql, stack, test } from "../_support/stack.ts";
import { assertWhole, sha256 } from "./_support/archive.ts";
import { withHostileContent } from "./_support/hostile_content.ts";
import {
  contents,
  decryptAndJoin,
  heaps,
  load,
  query,
  withEmptyCopy,
  withFolder,
} from "./_support/restore.ts";
import { tinySlices, withSettings } from "./_support/settings.ts";

// The promise: with the key, `age`, `gunzip` and `psql` alone every table comes back as it was.

test("restore: the seeded tables, from the objects in the bucket", async () => {
  await withBackup(async ({ id }) => {
    await assertWhole(id);
    await withFolder((folder) =>
      withEmptyCopy(async (copy) => {
        const archive = await decryptAndJoin(folder, await fromBucket(id));
        await load(archive, copy);
        assert.deepEqual(await contents(copy), await contents(stack.databaseUrl));

        const { token } = await signIn(stack.adminEmail);
        const response = await call("GET", `/backups/${id}/download`, {
          as: { authorization: `Bearer ${token}`, apikey: stack.publishableKey },
        });
        const clear = new Uint8Array(await response.arrayBuffer());
        assert.equal(response.headers.get("content-length"), String(clear.length));
        assert.equal(
          sha256(clear),
          sha256(await Deno.readFile(archive)),
          "a download is the parts, decrypted",
        );
      })
    );
  });
});

test("restore: from the signed URLs of the parts, checked by the hashes beside them", async () => {
  await withSettings(tinySlices, () =>
    withBackup(async ({ id }) => {
      const { manifest, parts } = await json(call("GET", `/backups/${id}/parts`, { as: secret }));
      const fetched: Uint8Array[] = [];
      for (const part of parts) {
        const response = await fetch(part.url);
        assert.equal(response.status, 200);
        const bytes = new Uint8Array(await response.arrayBuffer());
        assert.equal(bytes.length, part.bytes);
        assert.equal(sha256(bytes), part.sha256);
        fetched.push(bytes);
      }
      const stored = JSON.parse(new TextDecoder().decode(await bucket.download(`${id}/manifest.json`)));
      assert.deepEqual(manifest, stored, "the manifest in the bucket is the one that is shown");
      assert.deepEqual(
        stored.parts.map(({ stored_sha256 }: { stored_sha256: string }) => stored_sha256),
        fetched.map(sha256),
      );

      await withFolder((folder) =>
        withEmptyCopy(async (copy) => {
          await load(await decryptAndJoin(folder, fetched), copy);
          assert.deepEqual(await contents(copy), await contents(stack.databaseUrl));
        })
      );
    }));
});

test("restore: hostile content and schemas", async () => {
  await withHostileContent(async () => {
    const before = await contents(stack.databaseUrl);
    assert.ok(Object.keys(before).length > 50);

    await withSettings(tinySlices, () =>
      withBackupOfAnything(async ({ id, part_count }) => {
        assert.ok(part_count > 80, `${part_count} parts`);
        await withFolder((folder) =>
          withEmptyCopy(async (copy) => {
            await load(await decryptAndJoin(folder, await fromBucket(id)), copy);
            assert.deepEqual(await contents(copy), before);
            await assertRawHashes(id, copy);
            await assertInsertsGoOn(copy);
          })
        );
      }));
    assert.deepEqual(await contents(stack.databaseUrl), before, "a backup changes nothing");
  });
});

/** Some of the hostile rows break rules on purpose; that is not what these tests are about. */
async function withBackupOfAnything(work: (backup: Backup) => Promise<void>): Promise<void> {
  const request = { override_validation: true, override_reason: "a test of odd data" };
  const { backupId } = await json(call("POST", "/backups", { as: secret, body: request }), 202);
  try {
    const backup = await ended(backupId);
    assert.equal(backup.status, "completed", JSON.stringify(backup.error));
    const rules = backup.validation_results.tables.flatMap(({ rules }: Backup) => rules);
    const failed = rules.filter(({ status }: Backup) =>
      !["passed", "failed", "not_applicable"].includes(status)
    );
    assert.deepEqual(failed, []);
    await work(backup);
  } finally {
    await removeBackup(backupId);
  }
}

async function fromBucket(id: string): Promise<Uint8Array[]> {
  const parts =
    await sql`select object_path from backup.backup_parts where backup_id = ${id} order by ordinal`;
  const fetched: Uint8Array[] = [];
  for (const { object_path } of parts) {
    const response = await fetch(`${stack.apiUrl}/storage/v1/object/backups/${encodeURI(object_path)}`, {
      headers: { apikey: stack.secretKey, authorization: `Bearer ${stack.secretKey}` },
    });
    assert.equal(response.status, 200);
    fetched.push(new Uint8Array(await response.arrayBuffer()));
  }
  return fetched;
}

/** Proof by bytes: the rows of a part, loaded and copied out again in the same order, have the same hash. */
async function assertRawHashes(id: string, databaseUrl: string): Promise<void> {
  const parts = await sql`
    select part.slice ->> 'source' as source, part.row_count::int as rows, part.raw_sha256 as hash, part.name,
      (select coalesce(string_agg(quote_ident(c ->> 'name'), ', ' order by n), '')
       from jsonb_array_elements(covered.definition -> 'columns') with ordinality as columns (c, n)
       where not (c ->> 'is_generated')::boolean) as columns
    from backup.backup_parts as part
    join backup.backup_tables as covered on covered.backup_id = part.backup_id and covered.ordinal = part.table_ordinal
    where part.backup_id = ${id} order by part.ordinal`;
  const known = await heaps(databaseUrl);
  let source: string | undefined;
  let lines: Uint8Array[] = [];
  for (const part of parts) {
    if (part.source !== source) {
      assert.equal(lines.length, 0, `all rows of ${source} are in some part`);
      source = part.source as string;
      const name = source.slice("public.".length);
      const heap = known.find((quoted) => unquoted(quoted) === name);
      lines = heap
        ? rows(await query(databaseUrl, `copy (select ${part.columns} from only ${heap}) to stdout`))
        : [];
    }
    assert.equal(sha256(joined(lines.splice(0, part.rows))), part.hash, part.name);
  }
}

/** The first insert after a restore takes the next number, not one that is there. */
async function assertInsertsGoOn(databaseUrl: string): Promise<void> {
  const inserted = await query(
    databaseUrl,
    `with a as (insert into public.hostile_generated (net) values (1) returning id),
          b as (insert into public.hostile_counted (body) values ('next') returning by_default, small, big),
          c as (insert into public.hostile_shared_a (body) values ('next') returning id),
          d as (insert into public."User" (s) values ('next') returning "sElect")
     select a.id, b.by_default, b.small, b.big, c.id, d."sElect", nextval('public.hostile_not_called'), nextval('public.hostile_of_nobody')
     from a, b, c, d`,
  );
  assert.equal(new TextDecoder().decode(inserted).trim(), "501|1140|21|21|85|21|42|6");
}

function unquoted(heap: string): string {
  const name = heap.slice("public.".length);
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

function rows(text: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf(10, start) + 1;
    found.push(text.subarray(start, end));
    start = end;
  }
  return found;
}

function joined(lines: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(lines.reduce((length, line) => length + line.length, 0));
  let at = 0;
  for (const line of lines) {
    whole.set(line, at);
    at += line.length;
  }
  return whole;
}
