import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `<BackupConsole>` for somebody else's React application. React and supabase-js are the host's. */
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  build: {
    target: "es2022",
    outDir: "dist-library",
    lib: { entry: "src/library.ts", formats: ["es"], fileName: "backup-console" },
    rolldownOptions: {
      external: [/^react($|\/)/, /^react-dom($|\/)/, /^@supabase\//],
    },
  },
});
