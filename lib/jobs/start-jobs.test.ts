import { Cron } from "croner";
import { expect, test } from "vitest";
import { jobs } from "./start-jobs";

test("every job has a name of its own and a time that comes within a day", () => {
  expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length);
  const now = new Date();
  for (const { name, pattern } of jobs) {
    const next = new Cron(pattern, { paused: true }).nextRun(now);
    expect((next?.getTime() ?? 0) - now.getTime(), name).toBeGreaterThan(0);
    expect((next?.getTime() ?? 0) - now.getTime(), name).toBeLessThanOrEqual(25 * 3_600_000);
  }
});
