import { defineConfig } from "vite";

const here = (path: string) => new URL(path, import.meta.url).pathname;

// The application of our own runs on 19.
const react19 = {
  react: here("../node_modules/react"),
  "react-dom": here("../node_modules/react-dom"),
};

/** The console as its users get it, built, in a host on React 18; with `--mode react-19` in one on 19. */
export default defineConfig(({ mode }) => ({
  root: here("."),
  base: "./",
  resolve: {
    alias: {
      "@alumni-backup/console": here("../dist-library/backup-console.js"),
      ...(mode === "react-19" ? react19 : {}),
    },
    dedupe: ["react", "react-dom", "@supabase/supabase-js"],
  },
  build: { target: "es2022", outDir: mode === "react-19" ? "dist/react-19" : "dist" },
}));
