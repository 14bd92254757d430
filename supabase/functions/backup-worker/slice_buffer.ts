import { Buffer } from "node:buffer";

/** A slice as read: script text around COPY rows, in one piece of memory. */
export interface CopiedSlice {
  /** Prefix, rows, suffix. */
  script: Uint8Array<ArrayBuffer>;
  /** The rows alone, a view of the same bytes. */
  rows: Uint8Array<ArrayBuffer>;
  rowCount: number;
}

/** Collects the rows of one COPY after the other. Each slice gets memory of its own. */
export class SliceBuffer {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  #rowsFrom = 0;
  #rowCount = 0;

  begin(prefix: string): void {
    this.#length = 0;
    this.#rowCount = 0;
    this.#append(Buffer.from(prefix));
    this.#rowsFrom = this.#length;
  }

  /** The server sends exactly one message per row. */
  addRow(row: Uint8Array): void {
    this.#append(row);
    this.#rowCount++;
  }

  end(suffix: string): CopiedSlice {
    const rowsTo = this.#length;
    this.#append(Buffer.from(suffix));
    const script = this.#bytes.slice(0, this.#length);
    return { script, rows: script.subarray(this.#rowsFrom, rowsTo), rowCount: this.#rowCount };
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }
}
