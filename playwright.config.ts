import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser } from "./e2e/browser.mjs";

const executablePath = findBrowser(process.env);
const minute = 60_000;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  // A worker starts a whole stack of its own; two fill two cores.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // On a busy shared machine a browser can stall; a second try that passes is told as flaky, not hidden.
  retries: process.env.CI ? 1 : 0,
  timeout: minute,
  globalTimeout: 30 * minute,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { args: browserArguments(), ...(executablePath ? { executablePath } : {}) },
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "on-first-retry",
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
  },
});
