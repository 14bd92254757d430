import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { cssTarget } from "./css_target.ts";

const here = (path: string) => new URL(path, import.meta.url).pathname;

/** The application: static files for `/admin/`, or for any other folder of any host (addresses are relative). */
export default defineConfig({
  base: "./",
  plugins: [react()],
  resolve: {
    alias: [
      {
        find: /^use-sync-external-store\/shim(\/index\.js)?$/,
        replacement: here("./src/app/sync_external_store.ts"),
      },
      {
        find: /^@supabase\/(realtime|storage|postgrest)-js$/,
        replacement: here("./src/app/unused_parts.ts"),
      },
    ],
  },
  build: {
    target: "es2022",
    cssTarget,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // `deno task console:dev` beside `deno task start`: everything but the console comes from the running stack.
  server: {
    proxy: Object.fromEntries(
      ["/functions/v1", "/auth/v1", "/admin/config.json"].map((
        path,
      ) => [path, "http://127.0.0.1:54321"]),
    ),
  },
});
