import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The faults run on demand (`npm run faults`), not with the unit tests: most of them start a whole console. */
// biome-ignore lint/style/noDefaultExport: vitest reads its settings so.
export default defineConfig({
  root: fileURLToPath(new URL("../../..", import.meta.url)),
  resolve: { alias: { "@": fileURLToPath(new URL("../../..", import.meta.url)) } },
  test: {
    include: ["e2e/proof/faults/*.test.ts"],
    environment: "node",
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
