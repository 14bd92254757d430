import { decodeProtectedHeader, jwtVerify, SignJWT } from "jose";
import { serveConsole } from "./console_server.ts";
import type { Ports } from "./profile.ts";
import type { Secrets } from "./secrets.ts";

/**
 * One origin for everything, as a hosted project has it: functions, the plan's `/api/admin` paths, the console,
 * and REST, Auth and Storage. Bodies are passed on as they come, in both directions.
 */
export function serveGateway(ports: Ports, secrets: Secrets): Deno.HttpServer {
  const pass = proxy(ports);
  const signed = keyIdAdder(secrets);
  return Deno.serve(
    { hostname: "127.0.0.1", port: ports.gateway, onListen: () => {} },
    async (request, { remoteAddr }) => {
      const url = new URL(request.url);
      const client = remoteAddr.hostname;
      const call = functionCall(url.pathname);
      if (call) {
        const port = ports.functions[call.name];
        if (port === undefined) return json(404, "NOT_FOUND", "Requested function was not found");
        const authorization = await signed(request.headers.get("authorization"));
        return await pass(request, port, call.path + url.search, client, authorization) ??
          json(503, "BOOT_ERROR", "Function failed to start (please check logs)");
      }
      if (url.pathname === "/admin" || url.pathname.startsWith("/admin/")) {
        return await serveConsole(url.pathname.slice("/admin".length), secrets.publishableKey);
      }
      if (isPreflight(request) && url.pathname.startsWith("/auth/v1/")) return authPreflight(request);
      const answer = await pass(request, ports.lite, url.pathname + url.search, client);
      // lite lets other origins ask and keeps the answer from them; the platform does not.
      answer?.headers.set("access-control-allow-origin", "*");
      return answer ??
        json(503, "SERVICE_UNAVAILABLE", "REST, Auth and Storage do not answer (please check logs)");
    },
  );
}

/** The function that a path calls, and the path that it sees: without `/functions/v1`, as on the platform. */
function functionCall(path: string): { name: string; path: string } | undefined {
  const match = /^\/functions\/v1(\/([^/]+).*)$/.exec(path) ??
    /^\/api\/admin(\/(backups|validate)(?:\/.*)?)$/.exec(path);
  return match ? { name: match[2], path: match[1] } : undefined;
}

/** Headers that belong to one connection, not to the message. */
const hopByHop = [
  "connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "proxy-connection",
];

function proxy(ports: Ports) {
  return async (
    request: Request,
    port: number,
    path: string,
    client: string,
    authorization = request.headers.get("authorization"),
  ): Promise<Response | undefined> => {
    const headers = new Headers(request.headers);
    hopByHop.forEach((name) => headers.delete(name));
    if (authorization) headers.set("authorization", authorization);
    headers.set("accept-encoding", "identity");
    // The first hop is us, so nothing that a client claims here is passed on.
    headers.delete("cf-connecting-ip");
    headers.set("x-forwarded-for", client);
    headers.set("x-forwarded-host", request.headers.get("host") ?? `127.0.0.1:${ports.gateway}`);
    headers.set("x-forwarded-proto", "http");
    try {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: request.method,
        headers,
        body: request.body,
        redirect: "manual",
      });
      const answered = new Headers(answer.headers);
      hopByHop.forEach((name) => answered.delete(name));
      return new Response(answer.body, {
        status: answer.status,
        statusText: answer.statusText,
        headers: answered,
      });
    } catch (error) {
      // fetch says TypeError when nothing listens there.
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  };
}

/**
 * The hosted platform names the signing key in each token; lite does not. A token that verifies with our key is
 * signed anew with the key's name. Every other token is passed on as it is, for the function to refuse.
 */
function keyIdAdder(secrets: Secrets): (authorization: string | null) => Promise<string | null> {
  const key = new TextEncoder().encode(secrets.jwtSecret);
  return async (authorization) => {
    const token = /^Bearer (\S+\.\S+\.\S+)$/.exec(authorization ?? "")?.[1];
    if (!token) return authorization;
    try {
      const { alg, kid } = decodeProtectedHeader(token);
      if (alg !== "HS256" || kid !== undefined) return authorization;
      const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"] });
      const header = { alg: "HS256", typ: "JWT", kid: secrets.jwtKeyId };
      return `Bearer ${await new SignJWT(payload).setProtectedHeader(header).sign(key)}`;
    } catch {
      return authorization;
    }
  };
}

const isPreflight = (request: Request) =>
  request.method === "OPTIONS" && request.headers.has("access-control-request-method");

/** lite forgets to allow any headers here; the platform allows those that are asked for. */
function authPreflight(request: Request): Response {
  const headers = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": request.headers.get("access-control-request-headers") ?? "*",
    "access-control-max-age": "3600",
  };
  return new Response(null, { status: 204, headers });
}

function json(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status });
}
