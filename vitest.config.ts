import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{app,components,lib,e2e}/**/*.test.{ts,tsx}"],
    // Whole consoles, on demand: npm run faults.
    exclude: [...configDefaults.exclude, "e2e/proof/faults/**"],
    environment: "node",
    // Left alone, two cores get one worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 90_000,
    coverage: { provider: "v8", include: ["lib/**/*.ts"], exclude: ["**/*.test.ts", "lib/simulator/**"] },
  },
});
