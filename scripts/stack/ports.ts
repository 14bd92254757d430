/** The preferred port where it is free on loopback, else (or where none is preferred: 0) any free one. */
export function freePort(preferred: number, taken: ReadonlySet<number> = new Set()): number {
  if (preferred > 0 && !taken.has(preferred) && isFree(preferred)) return preferred;
  for (;;) {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    listener.close();
    if (!taken.has(port)) return port;
  }
}

function isFree(port: number): boolean {
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse || error instanceof Deno.errors.PermissionDenied) return false;
    throw error;
  }
}
