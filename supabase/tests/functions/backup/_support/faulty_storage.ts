import { stack } from "../../_support/stack.ts";

export type Operation = "upload" | "download" | "list" | "remove" | "other";

/** One request on its way to the storage. */
export interface StorageCall {
  operation: Operation;
  /** Within the bucket, of an upload or a download. */
  path: string;
  /** How many of this operation there have been, from 1. */
  count: number;
  /** The real storage's answer to it, or to other bytes in its place. */
  forward(body?: Uint8Array<ArrayBuffer>): Promise<Response>;
  body: Uint8Array<ArrayBuffer>;
  /** Ends the request without an answer once the test is over. */
  never(): Promise<Response>;
}

/** What happens to a request: an answer in place of the storage's, or nothing to let it pass. */
export type Fault = (call: StorageCall) => Response | void | Promise<Response | void>;

/** A storage between the worker and the real one, where things go wrong. */
export async function withFaultyStorage<T>(fault: Fault, work: (url: string) => Promise<T>): Promise<T> {
  const counts = new Map<Operation, number>();
  const { promise: isOver, reject: end } = Promise.withResolvers<Response>();
  isOver.catch(() => {});

  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    onError: () => new Response("the fault failed", { status: 500 }),
  }, async (request) => {
    const { pathname, search } = new URL(request.url);
    const body = new Uint8Array(await request.arrayBuffer());
    const operation = operationOf(request.method, pathname);
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    const headers = new Headers(request.headers);
    headers.delete("host");
    headers.delete("content-length");
    const forward = (other = body) =>
      fetch(stack.apiUrl + pathname + search, {
        method: request.method,
        headers,
        body: other.length > 0 ? other : undefined,
      });
    const never = () => isOver;
    const path = decodeURIComponent(pathname.replace(/^\/storage\/v1\/object\/backups\//, ""));
    return await Promise.race([isOver, fault({ operation, path, count, forward, body, never })]) ??
      await forward();
  });

  try {
    return await work(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    end(new Error("the test is over"));
    await server.shutdown();
  }
}

/** As the storage says no. */
export function refusal(status: number, error: string, headers: HeadersInit = {}): Response {
  return Response.json({ statusCode: String(status), error, message: error }, { status, headers });
}

/** An answer that begins well, and then the connection closes. */
export function brokenOff(): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"Id":'));
    },
    pull(controller) {
      controller.error(new Error("closed"));
    },
  });
  return new Response(body, { headers: { "content-type": "application/json", "content-length": "500" } });
}

function operationOf(method: string, pathname: string): Operation {
  if (pathname.startsWith("/storage/v1/object/list/")) return "list";
  if (!pathname.startsWith("/storage/v1/object/backups")) return "other";
  if (method === "POST" || method === "PUT") return "upload";
  if (method === "GET") return "download";
  return method === "DELETE" ? "remove" : "other";
}
