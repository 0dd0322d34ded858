import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: string[], skipped: string[], flaky: string[] }} Tally */

/** @param {string} file @returns {any} */
const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);
const firstLineOf = (/** @type {string | undefined} */ text) => text?.split("\n")[0] ?? "";

/** Reads vitest's JSON report; a test file that could not be loaded counts as one failure. @param {string} file @returns {Tally | undefined} */
export function readUnitReport(file) {
  const report = readReport(file);
  if (!report) return undefined;
  /** @type {Tally} */
  const tally = { passed: 0, failed: [], skipped: [], flaky: [] };
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults) {
      if (test.status === "passed") tally.passed += 1;
      else if (test.status === "failed") tally.failed.push(`${test.fullName}: ${firstLineOf(test.failureMessages[0])}`);
      else tally.skipped.push(test.fullName);
    }
    const silent = suite.assertionResults.every((/** @type {{ status: string }} */ test) => test.status !== "failed");
    if (suite.status === "failed" && silent) tally.failed.push(`${suite.name}: ${firstLineOf(suite.message)}`);
  }
  return tally;
}

/** Reads Playwright's JSON report; a test that passed on its second try is named as flaky. @param {string} file @returns {Tally | undefined} */
export function readBrowserReport(file) {
  const report = readReport(file);
  if (!report) return undefined;
  /** @type {Tally} */
  const tally = { passed: 0, failed: [], skipped: [], flaky: [] };
  /** @param {any} suite @param {string[]} titles */
  const visit = (suite, titles) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = [...titles, spec.title].join(" › ");
        const message = test.results.flatMap((/** @type {any} */ result) => result.error?.message ?? [])[0];
        if (test.status === "expected" || test.status === "flaky") tally.passed += 1;
        if (test.status === "flaky") tally.flaky.push(`${name}: ${firstLineOf(message)}`);
        if (test.status === "skipped") tally.skipped.push(name);
        if (test.status === "unexpected") tally.failed.push(`${name}: ${firstLineOf(message)}`);
      }
    }
    for (const child of suite.suites ?? []) visit(child, [...titles, child.title]);
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  for (const error of report.errors) tally.failed.push(firstLineOf(error.message));
  return tally;
}
