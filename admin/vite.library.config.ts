import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { cssTarget } from "./css_target.ts";

/** `<BackupConsole>` for somebody else's React application. React and supabase-js are the host's. */
export default defineConfig({
  plugins: [react()],
  // Some packages bring a shim for React 17 along, in a form that a host cannot load.
  resolve: {
    alias: [{
      find: /^use-sync-external-store\/shim(\/index\.js)?$/,
      replacement: new URL("./src/app/sync_external_store.ts", import.meta.url).pathname,
    }],
  },
  publicDir: false,
  build: {
    target: "es2022",
    cssTarget,
    outDir: "dist-library",
    lib: {
      entry: "src/library.ts",
      formats: ["es"],
      fileName: "backup-console",
    },
    rolldownOptions: {
      external: [/^react($|\/)/, /^react-dom($|\/)/, /^@supabase\//],
    },
  },
});
