import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readBrowserReport, readUnitReport } from "./test-reports.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keywarden-reports-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(report: unknown): string {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(report));
  return file;
}

test("a unit report counts what passed, names what failed and what was skipped", () => {
  const file = written({
    testResults: [
      {
        name: "a.test.ts",
        status: "failed",
        message: "",
        assertionResults: [
          { status: "passed", fullName: "adds", failureMessages: [] },
          { status: "failed", fullName: "subtracts", failureMessages: ["expected 1\nstack"] },
          { status: "skipped", fullName: "divides", failureMessages: [] },
        ],
      },
    ],
  });
  expect(readUnitReport(file)).toEqual({
    passed: 1,
    failed: ["subtracts: expected 1"],
    skipped: ["divides"],
    flaky: [],
  });
});

test("a unit test file that does not load is a failure", () => {
  const file = written({
    testResults: [{ name: "b.test.ts", status: "failed", message: "no module\nx", assertionResults: [] }],
  });
  expect(readUnitReport(file)).toEqual({ passed: 0, failed: ["b.test.ts: no module"], skipped: [], flaky: [] });
});

test("a browser report is read through its nested suites; a second try is told", () => {
  const spec = (title: string, status: string, message?: string) => ({
    title,
    tests: [{ status, results: [message ? { error: { message } } : {}] }],
  });
  const file = written({
    suites: [
      {
        title: "a.spec.ts",
        specs: [spec("opens", "expected"), spec("waits", "flaky", "late\nstack")],
        suites: [{ title: "as viewer", specs: [spec("sees", "unexpected", "gone"), spec("later", "skipped")] }],
      },
    ],
    errors: [{ message: "worker ended\nx" }],
  });
  expect(readBrowserReport(file)).toEqual({
    passed: 2,
    flaky: ["a.spec.ts › waits: late"],
    failed: ["a.spec.ts › as viewer › sees: gone", "worker ended"],
    skipped: ["a.spec.ts › as viewer › later"],
  });
});

test("no report is told apart from an empty one", () => {
  expect(readUnitReport(join(folder, "none.json"))).toBeUndefined();
  expect(readBrowserReport(join(folder, "none.json"))).toBeUndefined();
});
