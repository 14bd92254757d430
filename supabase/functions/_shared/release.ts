/**
 * Gives the memory of bytes back at once. Megabytes outside the heap weigh little with the garbage collector, so
 * they would pile up. Nobody may look at the bytes again; a view of memory that others share is left alone.
 */
export function release(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) {
    structuredClone(buffer, { transfer: [buffer] });
  }
}
