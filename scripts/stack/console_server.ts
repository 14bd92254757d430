import { exists } from "./command.ts";
import { consoleFolder } from "./console.ts";
import { serveFolder } from "./static_files.ts";

/**
 * What a browser may do on the console's pages: run and style only what was built, talk only to this origin, and
 * be in nobody's frame. docs/console.md gives the same to whoever serves the console from elsewhere.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const protection = {
  "content-security-policy": policy,
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** The built console, and the one thing that differs between its hosts: which project it is for. */
export async function serveConsole(path: string, publishableKey: string): Promise<Response> {
  const answer = await find(path, publishableKey);
  for (const [name, value] of Object.entries(protection)) answer.headers.set(name, value);
  return answer;
}

async function find(path: string, publishableKey: string): Promise<Response> {
  // Addresses in the page are relative to the folder.
  if (path === "") return new Response(null, { status: 308, headers: { location: "/admin/" } });
  if (path === "/config.json") {
    return Response.json({ publishableKey }, { headers: { "cache-control": "no-cache" } });
  }
  const folder = `${consoleFolder}/dist`;
  if (!exists(folder)) {
    return new Response("The console is not built: deno task console:build\n", { status: 404 });
  }
  const answer = await serveFolder(folder, path);
  // Vite puts a hash of the content into these names.
  const isAsset = path.startsWith("/assets/") && !answer.headers.get("content-type")?.startsWith("text/html");
  if (isAsset) answer.headers.set("cache-control", "public, max-age=31536000, immutable");
  return answer;
}
