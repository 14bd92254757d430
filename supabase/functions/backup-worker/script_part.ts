import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { createGzip } from "node:zlib";

/** One part of the script, compressed, with what is known of its rows. */
export interface ClearPart {
  /** A whole gzip member: joined in order, the parts are one gzip stream. */
  bytes: Buffer;
  rowCount: number;
  /** Bytes of the rows alone, before gzip. */
  rawBytes: number;
  rawSha256: string;
}

/** Rows are small; hashing and compressing them by the block costs far less. */
const blockSize = 256 * 1024;

/**
 * Compresses a part while its rows arrive. zlib works on this thread, so small
 * blocks let the server go on sending in between; and of a slice only its
 * compressed bytes are ever held.
 */
export class ScriptPart {
  readonly #hash = createHash("sha256");
  readonly #gzip;
  readonly #compressed: Promise<Buffer>;
  readonly #spare: Buffer[];
  #block: Buffer;
  #filled = 0;
  #rowCount = 0;
  #rawBytes = 0;

  /** @param spare blocks of memory that parts hand on to each other */
  constructor(prefix: string, gzipLevel: number, spare: Buffer[]) {
    this.#spare = spare;
    this.#block = this.#nextBlock();
    this.#gzip = createGzip({ level: gzipLevel, chunkSize: blockSize });
    this.#compressed = collect(this.#gzip);
    // Whoever finishes the part hears of a failure; until then nobody listens.
    this.#compressed.catch(() => {});
    this.#gzip.write(prefix);
  }

  /** One message of COPY: the server sends exactly one per row. */
  addRow(row: Uint8Array): void {
    this.#rowCount++;
    this.#rawBytes += row.length;
    if (this.#filled + row.length > blockSize) this.#flush();
    if (row.length > blockSize) {
      this.#hash.update(row);
      this.#gzip.write(row);
      return;
    }
    this.#block.set(row, this.#filled);
    this.#filled += row.length;
  }

  async finish(suffix: string): Promise<ClearPart> {
    this.#flush();
    this.#spare.push(this.#block);
    this.#gzip.end(suffix);
    const bytes = await this.#compressed;
    return { bytes, rowCount: this.#rowCount, rawBytes: this.#rawBytes, rawSha256: this.#hash.digest("hex") };
  }

  #flush(): void {
    if (this.#filled === 0) return;
    const block = this.#block;
    const rows = block.subarray(0, this.#filled);
    this.#hash.update(rows);
    this.#gzip.write(rows, () => this.#spare.push(block));
    this.#block = this.#nextBlock();
    this.#filled = 0;
  }

  #nextBlock(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(blockSize);
  }
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
