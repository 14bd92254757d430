export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Somebody on this machine who is sent things: his host and port, and what has arrived. */
export async function withReceiver(
  answer: (count: number, path: string) => Response | Promise<Response>,
  work: (host: string, received: Received[]) => Promise<void>,
): Promise<void> {
  const received: Received[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname: path } = new URL(request.url);
    received.push({ path, headers: Object.fromEntries(request.headers), body: await request.text() });
    return answer(received.length, path);
  });
  try {
    await work(`127.0.0.1:${server.addr.port}`, received);
  } finally {
    await server.shutdown();
  }
}
