import { deepStrictEqual as equal, ok } from "node:assert";
import { decodeProtectedHeader, jwtVerify, SignJWT } from "jose";
import { serveGateway } from "./gateway.ts";
import { freePort } from "./ports.ts";
import type { Secrets } from "./secrets.ts";

const secrets: Secrets = {
  superuserPassword: "a",
  databasePassword: "b",
  servicesPassword: "c",
  jwtSecret: "d".repeat(40),
  jwtKeyId: "the-key",
  publishableKey: "sb_publishable_x",
  secretKey: "sb_secret_x",
};
const key = new TextEncoder().encode(secrets.jwtSecret);

/** A gateway before a function and an API that answer as they are told. */
async function withGateway(
  answer: (request: Request) => Response | Promise<Response>,
  test: (url: string) => Promise<void>,
): Promise<void> {
  const listen = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const upstream = Deno.serve(listen, answer);
  const nobody = freePort(0);
  const port = upstream.addr.port;
  const ports = { gateway: freePort(0), db: 0, lite: port, functions: { backups: port, validate: nobody } };
  const gateway = serveGateway(ports, secrets);
  try {
    await test(`http://127.0.0.1:${ports.gateway}`);
  } finally {
    await gateway.shutdown();
    await upstream.shutdown();
  }
}

const told = (request: Request) =>
  Response.json({ path: new URL(request.url).pathname, headers: Object.fromEntries(request.headers) });

async function ask(
  url: string,
  init?: RequestInit,
): Promise<{ path: string; headers: Record<string, string> }> {
  return await (await fetch(url, init)).json();
}

Deno.test("gateway: functions see their paths as on the platform", () =>
  withGateway(told, async (url) => {
    equal((await ask(`${url}/functions/v1/backups/create?x=1`)).path, "/backups/create");
    equal((await ask(`${url}/api/admin/backups/7`)).path, "/backups/7");
    equal((await ask(`${url}/api/admin/backups?page=1`)).path, "/backups");
    equal((await ask(`${url}/rest/v1/profiles`)).path, "/rest/v1/profiles");
    equal((await ask(`${url}/api/admin/backupsies`)).path, "/api/admin/backupsies");
  }));

Deno.test("gateway: an unknown function is 404, one that does not run is 503", () =>
  withGateway(told, async (url) => {
    for (
      const [name, status, code] of [["nope", 404, "NOT_FOUND"], ["validate", 503, "BOOT_ERROR"]] as const
    ) {
      const response = await fetch(`${url}/functions/v1/${name}`);
      equal([response.status, (await response.json()).code], [status, code]);
    }
  }));

Deno.test("gateway: a token of ours gets the name of its key, and nothing else changes in it", () =>
  withGateway(told, async (url) => {
    const claims = { sub: "someone", role: "authenticated", nested: { a: [1] }, iat: 1, exp: 4102444800 };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(key);
    const { headers } = await ask(`${url}/functions/v1/backups`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const passed = headers.authorization.replace("Bearer ", "");
    equal(decodeProtectedHeader(passed).kid, "the-key");
    equal((await jwtVerify(passed, key)).payload, claims);
  }));

Deno.test("gateway: every other credential is passed on as it is, for the function to refuse", () =>
  withGateway(told, async (url) => {
    const signed = (secret: Uint8Array, exp: number) =>
      new SignJWT({ sub: "x", exp }).setProtectedHeader({ alg: "HS256" }).sign(secret);
    const part = (value: unknown) => btoa(JSON.stringify(value)).replaceAll("=", "");
    const credentials = [
      await signed(key, 1),
      await signed(new TextEncoder().encode("e".repeat(40)), 4102444800),
      `${part({ alg: "none" })}.${part({ sub: "x" })}.`,
      "not.a.token",
      secrets.publishableKey,
    ];
    for (const credential of credentials) {
      const authorization = `Bearer ${credential}`;
      equal(
        (await ask(`${url}/functions/v1/backups`, { headers: { authorization } })).headers.authorization,
        authorization,
      );
    }
  }));

Deno.test("gateway: it says where a call comes from, whatever the caller claims", () =>
  withGateway(told, async (url) => {
    const { headers } = await ask(`${url}/functions/v1/backups`, {
      headers: { "x-forwarded-for": "203.0.113.9" },
    });
    equal(headers["x-forwarded-for"], "127.0.0.1");
  }));

Deno.test("gateway: answers come as they are sent, headers and all, and before they are complete", () => {
  let finish = () => {};
  const rest = new Promise<void>((resolve) => finish = resolve);
  const answer = () =>
    new Response(
      new ReadableStream({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode("first"));
          await rest;
          controller.enqueue(new TextEncoder().encode("second"));
          controller.close();
        },
      }),
      {
        status: 206,
        headers: { "content-type": "application/gzip", "access-control-allow-origin": "https://a.test" },
      },
    );
  return withGateway(answer, async (url) => {
    const response = await fetch(`${url}/functions/v1/backups/7/download`);
    equal(response.status, 206);
    equal(response.headers.get("access-control-allow-origin"), "https://a.test");
    const reader = response.body!.getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    equal(await read(), "first");
    finish();
    equal(await read(), "second");
    ok((await reader.read()).done);
  });
});

Deno.test("gateway: a body reaches the function as it was sent", () =>
  withGateway(async (request) => new Response(await request.arrayBuffer()), async (url) => {
    const body = crypto.getRandomValues(new Uint8Array(60_000));
    const response = await fetch(`${url}/functions/v1/backups`, { method: "POST", body });
    equal(new Uint8Array(await response.arrayBuffer()), body);
  }));
