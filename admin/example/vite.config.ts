import { defineConfig } from "vite";

const here = (path: string) => new URL(path, import.meta.url).pathname;

/** The console as its users get it, built, in a host on React 18: the application of our own runs on 19. */
export default defineConfig({
  root: here("."),
  base: "./",
  resolve: {
    alias: {
      "@alumni-backup/console": here("../dist-library/backup-console.js"),
    },
    dedupe: ["react", "react-dom", "@supabase/supabase-js"],
  },
  build: { target: "es2022" },
});
