/**
 * How the driver writes and reads the arrays that our SQL takes and gives. Left alone it asks the server, on each new
 * connection, for all the array types there are; a connection that is lost meanwhile ends the process.
 */
export const arrayTypes = {
  fetch_types: false,
  types: {
    texts: { to: 1009, from: [1009], serialize: writeArray, parse: readArray },
    // Numbers too large for us arrive as texts, as they do outside an array.
    bigints: { to: 1016, from: [1016], serialize: writeArray, parse: readArray },
  },
};

/** `{"one","two"}`, with what has a meaning between the quotes escaped. */
function writeArray(values: readonly unknown[]): string {
  return `{${values.map((value) => `"${String(value).replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

/** Of one dimension, and without nulls. */
function readArray(text: string): string[] {
  const values = text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|[^,]+/gs);
  return [...values].map(([bare, quoted]) => quoted?.replace(/\\(.)/gs, "$1") ?? bare);
}
