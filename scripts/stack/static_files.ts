const types: Record<string, string> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  map: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  webp: "image/webp",
  woff2: "font/woff2",
};

/** A file of a built single-page app; a path that names no file gets the page itself. */
export async function serveFolder(folder: string, path: string): Promise<Response> {
  const home = await Deno.realPath(folder);
  for (const candidate of [`${home}${decode(path)}`, `${home}/index.html`]) {
    const file = await realFile(candidate);
    if (!file?.startsWith(`${home}/`)) continue;
    const type = types[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    const { readable } = await Deno.open(file, { read: true });
    return new Response(readable, { headers: { "content-type": type, "cache-control": "no-cache" } });
  }
  return new Response("Not found\n", { status: 404 });
}

async function realFile(path: string): Promise<string | undefined> {
  try {
    const file = await Deno.realPath(path);
    return (await Deno.stat(file)).isFile ? file : undefined;
  } catch {
    return undefined;
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
