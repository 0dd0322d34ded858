import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildWhatChanged } from "../lib/simulator/demo/build.mjs";
import { childEnvironment } from "../lib/simulator/demo/child-environment.mjs";
import { lastLines, startChild, stopAll } from "../lib/simulator/demo/children.mjs";
import { installWhatIsMissing } from "../lib/simulator/demo/install.mjs";
import { onePreparationAtATime } from "../lib/simulator/demo/preparation-lock.mjs";
import { runStep } from "../lib/simulator/demo/run-step.mjs";
import { provideBrowser } from "./browser.mjs";
import { readBrowserReport, readUnitReport } from "./test-reports.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, ".demo", "verify");
const bin = (/** @type {string[]} */ ...path) => join(root, "node_modules", ...path);
const say = (/** @type {string} */ line) => console.log(line);
const seconds = (/** @type {number} */ since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

let passed = 0;
let failed = 0;

/** @param {string} name @param {string[]} command @param {Record<string, string | undefined>} [env] */
const options = (name, command, env = {}) => ({
  name,
  command: [process.execPath, ...command],
  cwd: root,
  env: { ...childEnvironment(root), NEXT_TELEMETRY_DISABLED: "1", ...env },
  logFile: join(folder, `${name}.log`),
});

/** A step that counts as one. @param {string} name @param {() => Promise<unknown>} work */
async function step(name, work) {
  const since = performance.now();
  try {
    await work();
    passed += 1;
    say(`✓ ${name} (${seconds(since)})`);
    return true;
  } catch (error) {
    failed += 1;
    say(`✗ ${name} (${seconds(since)})\n${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/**
 * A step that counts as many as it has tests.
 * @param {string} name
 * @param {string[]} command
 * @param {Record<string, string | undefined>} env
 * @param {() => import("./test-reports.mjs").Tally | undefined} read
 */
async function tests(name, command, env, read) {
  const since = performance.now();
  const child = startChild(options(name, command, env));
  const code = await child.exited;
  const tally = read();
  const broken = !tally || tally.passed + tally.failed.length === 0 || (code !== 0 && tally.failed.length === 0);
  if (broken) say(`✗ ${name} (${seconds(since)}): ended with ${code} and told of no failing test\n${lastLines(child)}`);
  if (tally) {
    for (const line of tally.failed) say(`  failed: ${line}`);
    for (const line of tally.flaky) say(`  passed on its second try: ${line}`);
    for (const line of tally.skipped) say(`  skipped: ${line}`);
    const result = `${tally.passed} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped`;
    say(`${tally.failed.length > 0 || broken ? "✗" : "✓"} ${name}: ${result} (${seconds(since)})`);
  }
  passed += tally?.passed ?? 0;
  failed += (tally?.failed.length ?? 0) + (broken ? 1 : 0);
  if (tally?.failed.length) say(`  ${join(folder, `${name}.log`)} tells more.`);
}

/** Types, lint, unit, build, end-to-end, from a bare clone; the last line is `N passed, N failed`. */
export async function runVerification() {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(signal, () => void stopAll().then(() => process.exit(1)));
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await verify();
  } catch (error) {
    failed += 1;
    say(`✗ ${error instanceof Error ? error.message : String(error)}`);
  }
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

async function verify() {
  await onePreparationAtATime(root, say, () => installWhatIsMissing(root, say));
  const next = bin("next", "dist", "bin", "next");
  await step("types", async () => {
    await runStep(options("typegen", [next, "typegen"]));
    await runStep(options("types", [bin("typescript", "bin", "tsc"), "--noEmit"]));
  });
  const biome = bin("@biomejs", "biome", "bin", "biome");
  await step("lint", () => runStep(options("lint", [biome, "check", "--error-on-warnings", "."])));

  const unitReport = join(folder, "unit.json");
  const vitest = [bin("vitest", "vitest.mjs"), "run", "--reporter=default", "--reporter=json"];
  await tests("unit", [...vitest, `--outputFile.json=${unitReport}`], {}, () => readUnitReport(unitReport));

  const built = await step("build", () => onePreparationAtATime(root, say, () => buildWhatChanged(root, say)));
  if (!built) return say("The end-to-end tests did not run: there is no build.");
  const browser = await provideBrowser(root, say, folder);
  const browserReport = join(folder, "end-to-end.json");
  const playwright = [bin("@playwright", "test", "cli.js"), "test", "--reporter=list,json"];
  const env = { CI: "1", KEYWARDEN_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport };
  await tests("end-to-end", playwright, env, () => readBrowserReport(browserReport));
}
