import { Buffer } from "node:buffer";
import { EventEmitter } from "node:events";

/** Rows as the server sent them, and how many. The bytes are valid only until the call returns. */
export type RowSink = (rows: Uint8Array, count: number) => void;

/** A message is one byte of type and four of length, which counts itself, then the body. */
const headerSize = 5;
/** CopyData: the server sends exactly one per row. */
const copyData = "d".charCodeAt(0);
const bufferSize = 256 * 1024;

/**
 * A connection for the driver that takes the rows of COPY aside. The driver would make an object and an event of
 * each; here they are moved together in the one buffer that is read into, and handed over by the buffer. All other
 * messages reach the driver as they are.
 *
 * Of a socket it has what the driver uses. There is no TLS in it.
 */
export class CopySocket extends EventEmitter {
  readyState: "open" | "closed" = "open";
  readonly #connection: Deno.Conn;
  readonly #sink: RowSink;
  readonly #buffer = new Uint8Array(bufferSize);
  readonly #header = new Uint8Array(headerSize);
  #headerFilled = 0;
  #bodyLeft = 0;
  #isRow = false;
  #writing: Promise<void> = Promise.resolve();

  static async connect(hostname: string, port: number, sink: RowSink): Promise<CopySocket> {
    return new CopySocket(await Deno.connect({ hostname, port }), sink);
  }

  private constructor(connection: Deno.Conn, sink: RowSink) {
    super();
    this.#connection = connection;
    this.#sink = sink;
    queueMicrotask(() => this.#read());
  }

  write(bytes: Uint8Array, done?: () => void): boolean {
    this.#writing = this.#writing
      .then(async () => {
        for (let sent = 0; sent < bytes.length;) sent += await this.#connection.write(bytes.subarray(sent));
        done?.();
      })
      .catch((error) => this.#fail(error));
    return true;
  }

  end(bytes?: Uint8Array): void {
    if (bytes) this.write(bytes);
    this.#writing.finally(() => this.destroy());
  }

  destroy(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    this.#connection.close();
    this.emit("close", false);
  }

  /** Reading is bounded by what was asked for; it is never paused. */
  pause(): void {}
  resume(): void {}

  #fail(error: unknown): void {
    if (this.readyState === "open") this.emit("error", error);
  }

  async #read(): Promise<void> {
    try {
      for (let size = await this.#connection.read(this.#buffer); size !== null;) {
        this.#take(this.#buffer.subarray(0, size));
        size = await this.#connection.read(this.#buffer);
      }
    } catch (error) {
      this.#fail(error);
    }
    this.destroy();
  }

  #take(bytes: Uint8Array): void {
    const others: Uint8Array[] = [];
    let rowsEnd = 0;
    let rowCount = 0;

    for (let at = 0; at < bytes.length;) {
      if (this.#bodyLeft === 0) {
        const size = Math.min(headerSize - this.#headerFilled, bytes.length - at);
        this.#header.set(bytes.subarray(at, at + size), this.#headerFilled);
        this.#headerFilled += size;
        at += size;
        if (this.#headerFilled < headerSize) break;

        this.#headerFilled = 0;
        this.#isRow = this.#header[0] === copyData;
        this.#bodyLeft = Buffer.from(this.#header.buffer).readInt32BE(1) - (headerSize - 1);
        if (this.#isRow) rowCount++;
        else others.push(this.#header.slice());
        continue;
      }
      const size = Math.min(this.#bodyLeft, bytes.length - at);
      if (this.#isRow) {
        // What is overwritten has been looked at already.
        bytes.copyWithin(rowsEnd, at, at + size);
        rowsEnd += size;
      } else {
        others.push(bytes.slice(at, at + size));
      }
      at += size;
      this.#bodyLeft -= size;
    }

    if (rowsEnd > 0 || rowCount > 0) this.#sink(bytes.subarray(0, rowsEnd), rowCount);
    if (others.length > 0) this.emit("data", Buffer.concat(others));
  }
}
