import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// During development the pages come from Vite and the API from a running
// program, http://127.0.0.1:8080 unless SHANYRAQ_URL says otherwise.
const api = process.env.SHANYRAQ_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  base: "/",
  server: { port: 5173, strictPort: true, proxy: { "/api": api } },
  preview: { port: 4173, strictPort: true, proxy: { "/api": api } },
  build: {
    outDir: "dist",
    emptyOutDir: false, // dist/.keep is committed; tools/clean.mjs empties the rest
    target: "es2022",
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 700,
  },
  test: { include: ["src/**/*.test.{ts,tsx}"], environment: "node" },
});
