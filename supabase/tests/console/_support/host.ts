import type { Page } from "playwright-core";
import { serveFolder } from "../../../../scripts/stack/static_files.ts";
import { stack } from "../../functions/_support/stack.ts";
import { desktop, withPage } from "./browser.ts";

const folder = new URL("../../../../admin/example/dist", import.meta.url).pathname;

/** The page of a host, with styles that fit nothing of ours, from an origin of its own. */
export async function inHost(work: (page: Page) => Promise<void>, react: 18 | 19 = 18): Promise<void> {
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/config.json") {
      return Response.json({
        supabaseUrl: stack.apiUrl,
        publishableKey: stack.publishableKey,
      });
    }
    return serveFolder(react === 18 ? folder : `${folder}/react-19`, pathname);
  });
  try {
    await withPage(async (page) => {
      await page.goto(`http://127.0.0.1:${server.addr.port}/`);
      await page.getByLabel("E-mail").fill(stack.adminEmail);
      await page.getByLabel("Password", { exact: true }).fill(stack.password);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("heading", { level: 1, name: "Backups" }).waitFor();
      await work(page);
    }, desktop);
  } finally {
    await server.shutdown();
  }
}
