import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { StagingPart } from "../../../functions/_shared/answers.ts";
import { AppError } from "../../../functions/_shared/errors.ts";
import { partRows, proveText } from "../../../functions/backup-worker/part_rows.ts";
import { test } from "../_support/stack.ts";

const prefix = "copy public.t (a) from stdin;\n";
const suffix = "\\.\n\n";

function partOf(rows: string, other: Partial<StagingPart> = {}): StagingPart {
  return {
    ordinal: 1,
    table_ordinal: 0,
    name: "00001-t.sql.gz.age",
    object_path: "x/00001-t.sql.gz.age",
    copy_statement: "copy t from stdin",
    prefix,
    suffix,
    row_count: rows.split("\n").length - 1,
    raw_bytes: new TextEncoder().encode(rows).length,
    stored_bytes: 0,
    raw_sha256: createHash("sha256").update(rows).digest("hex"),
    stored_sha256: "",
    ...other,
  };
}

const zip = (text: string) => new Uint8Array(gzipSync(text));

async function read(part: StagingPart, zipped: Uint8Array): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of partRows(part, zipped)) chunks.push(chunk.slice());
  return new TextDecoder().decode(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

async function refused(part: StagingPart, zipped: Uint8Array, message: RegExp): Promise<AppError> {
  const error = await read(part, zipped).then(() => null, (error) => error);
  assert.ok(error instanceof AppError, "it is refused");
  assert.equal(error.code, "part_corrupt");
  assert.match(error.message, /00001-t/);
  assert.match(error.message, message);
  return error;
}

/** Hard to compress, so that pieces and chunks end anywhere. */
function manyRows(count: number): string {
  let rows = "";
  for (let n = 0; n < count; n++) rows += createHash("sha256").update(String(n)).digest("base64") + "\n";
  return rows;
}

test("rows of a part: whatever their size, they come out as they went in", async () => {
  for (
    const rows of [
      "",
      "\n",
      "1\n",
      "é\n",
      manyRows(7),
      manyRows(3000),
      manyRows(40_000),
      "x".repeat(5_000_000) + "\n",
    ]
  ) {
    assert.ok(await read(partOf(rows), zip(prefix + rows + suffix)) === rows);
    assert.ok(await read(partOf(rows, { prefix: "", suffix: "" }), zip(rows)) === rows);
  }
});

test("rows of a part: the wrong beginning or end", async () => {
  const rows = manyRows(10);
  await refused(partOf(rows), zip("copy public.u (a) from stdin;\n" + rows + suffix), /begin/);
  await refused(partOf(""), zip(prefix.slice(0, -3)), /begin/);
  await refused(partOf(rows), zip(rows + suffix), /begin/);
  await refused(partOf(rows), zip(prefix + rows), /end/);
  await refused(partOf(rows), zip(prefix + rows + suffix + "drop table t;\n"), /end|rows/);
  await refused(partOf(""), zip(prefix), /end/);
});

test("rows of a part: one changed, one missing, one too many", async () => {
  const rows = manyRows(10);
  const changed = rows.replace(/[a-f]/, "g");
  const { members } = await refused(partOf(rows), zip(prefix + changed + suffix), /rows that were backed up/);
  assert.equal(members.expected_rows, 10);
  assert.notEqual(members.found_raw_sha256, members.expected_raw_sha256);
  const fewer = rows.slice(rows.indexOf("\n") + 1);
  assert.equal((await refused(partOf(rows), zip(prefix + fewer + suffix), /rows/)).members.found_rows, 9);
  await refused(partOf(rows), zip(prefix + rows + "more\n" + suffix), /rows/);
  await refused(partOf(rows, { row_count: 9 }), zip(prefix + rows + suffix), /rows/);
});

test("rows of a part: cut off, no gzip, and far more than there should be", async () => {
  const rows = manyRows(2000);
  const whole = zip(prefix + rows + suffix);
  await refused(partOf(rows), whole.slice(0, whole.length >> 1), /unzipped/);
  await refused(partOf(rows), whole.slice(0, -4), /unzipped/);
  await refused(partOf(rows), new TextEncoder().encode("no gzip"), /unzipped/);
  await refused(partOf(rows), new Uint8Array(), /unzipped|begin/);
  const bomb = zip(prefix + "a".repeat(100_000_000) + suffix);
  const { members } = await refused(partOf(rows), bomb, /rows/);
  assert.ok(Number(members.found_raw_bytes) < 20_000_000, "reading stops when it is too much");
});

test("text of a part without rows: all of it or an error; where it is not known, only that it can be unzipped", async () => {
  const head = partOf("", { suffix: "" });
  await proveText(head, zip(prefix));
  await proveText(partOf(""), zip(prefix + suffix));
  const refusedText = (part: StagingPart, text: string) =>
    assert.rejects(proveText(part, zip(text)), { code: "part_corrupt" }, text);
  await refusedText(head, prefix + "more");
  await refusedText(head, prefix.slice(0, -1));
  await refusedText(head, "drop table public.t;\n" + prefix);
  await refusedText(partOf(""), prefix + "1\n" + suffix);

  const unknown = partOf("", { prefix: "", suffix: "" });
  await proveText(unknown, zip("whatever it says"));
  await assert.rejects(proveText(unknown, zip("cut off").slice(0, -4)), { code: "part_corrupt" });
});
