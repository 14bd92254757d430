import { freePort } from "../stack/ports.ts";
import type { Ports } from "../stack/profile.ts";
import { pause } from "../stack/service.ts";

/** How the storage can misbehave. */
export const misbehaviours = [
  "answers 500",
  "asks to slow down (429)",
  "wants to be paid (402)",
  "closes in the middle",
  "is slow",
  "hangs",
  "stores, and its answer gets lost",
  "keeps half of what it accepted",
  "accepts and loses",
  "returns another object's bytes",
] as const;

export type Misbehaviour = typeof misbehaviours[number];

/** What the functions take for their project: all is passed on, but what goes to the storage may meet a fault. */
export class FaultyStorage {
  readonly #port = freePort(0);
  #gateway = 0;
  #kind?: Misbehaviour;
  /** One call of so many meets it. */
  #oneOf = 1;
  #calls = 0;
  #lastPath = "";
  readonly #server: Deno.HttpServer;

  constructor() {
    this.#server = Deno.serve(
      {
        hostname: "127.0.0.1",
        port: this.#port,
        onListen: () => {},
        onError: () => new Response(null, { status: 502 }),
      },
      (request) => this.#answer(request),
    );
  }

  /** Where the functions find it; which project they are of, they are told as well. */
  environment(ports: Ports): Record<string, string> {
    this.behind(ports.gateway);
    return {
      SUPABASE_URL: `http://127.0.0.1:${this.#port}`,
      SUPABASE_PUBLIC_URL: `http://127.0.0.1:${ports.gateway}`,
    };
  }

  behind(gateway: number): void {
    this.#gateway = gateway;
  }

  misbehave(kind: Misbehaviour, oneOf: number): void {
    this.#kind = kind;
    this.#oneOf = oneOf;
  }

  behave(): void {
    this.#kind = undefined;
  }

  async close(): Promise<void> {
    await Promise.race([this.#server.shutdown(), pause(1000)]);
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    ["host", "content-length"].forEach((name) => headers.delete(name));
    const body = new Uint8Array(await request.arrayBuffer());
    const { method } = request;
    const pass = (path = pathname, bytes = body) =>
      fetch(`http://127.0.0.1:${this.#gateway}${path}${search}`, {
        method,
        headers,
        body: bytes.length > 0 ? bytes : undefined,
        // The local storage never answers what it was about to do when the server crashed.
        signal: AbortSignal.timeout(60_000),
      });
    const kind = this.#kind;
    const isObject = pathname.startsWith("/storage/v1/object/");
    const isMet = kind !== undefined && isObject && this.#calls++ % this.#oneOf === this.#oneOf - 1;
    const isUpload = isObject && (method === "POST" || method === "PUT") && !pathname.includes("/list/");
    const isDownload = isObject && method === "GET";
    const other = this.#lastPath;
    if (isDownload) this.#lastPath = pathname;
    if (!isMet) return await pass();

    switch (kind) {
      case "answers 500":
        return refusal(500);
      case "asks to slow down (429)":
        return refusal(429, { "retry-after": "1" });
      case "wants to be paid (402)":
        return refusal(402);
      case "closes in the middle":
        return brokenOff();
      case "is slow":
        await pause(400);
        return await pass();
      case "hangs":
        await pause(5000);
        return brokenOff();
      case "stores, and its answer gets lost":
        await (await pass()).body?.cancel();
        return brokenOff();
      case "keeps half of what it accepted":
        return await pass(pathname, isUpload ? body.slice(0, body.length / 2) : body);
      case "accepts and loses":
        return isUpload ? Response.json({ Key: pathname }) : await pass();
      case "returns another object's bytes":
        return await pass(isDownload && other ? other : pathname);
    }
  }
}

function refusal(status: number, headers: HeadersInit = {}): Response {
  return Response.json({ statusCode: String(status), error: "chaos", message: "chaos" }, { status, headers });
}

function brokenOff(): Response {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"Id":')),
    pull: (controller) => controller.error(new Error("closed")),
  });
  return new Response(body, { headers: { "content-type": "application/json", "content-length": "500" } });
}
