import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lastLocalHour } from "./local-hour";
import { rotateBy } from "./rotate-by";
import { decideWarning, type Mark, severityOfDays, type Threshold, thresholdKey, type WarningFacts } from "./warning";

const DAY = 86_400_000;
const expiresAt = "2027-02-21T23:59:00.000Z";
const days = (before: number) => new Date(Date.parse(expiresAt) - before * DAY);
const facts: WarningFacts = {
  createdAt: null,
  expiresAt,
  startBy: days(21).toISOString(),
  warningDays: [90, 30, 7, 1],
  hour: 9,
  timeZone: "Europe/Berlin",
};
const told = (deadline: Threshold["deadline"], before: number): Mark => ({ deadline, days: before, state: "told" });
const keys = (thresholds: readonly Threshold[]) => thresholds.map(thresholdKey);

describe("what is told", () => {
  test("nothing while no threshold has passed", () => {
    expect(decideWarning(facts, [], days(112.1))).toEqual({ tell: null, superseded: [] });
  });

  test("a threshold at the owner's hour of its day, and not a minute earlier", () => {
    const marks = [told("start_rotation", 1)];
    const before = decideWarning(facts, marks, new Date("2027-02-14T07:59:59.999Z"));
    expect(before.tell).toBeNull();
    const there = decideWarning(facts, marks, new Date("2027-02-14T08:00:00.000Z"));
    expect(there.tell).toEqual({ deadline: "expiry", days: 7 });
  });

  test("only the most urgent of those that have passed; the rest is superseded by it", () => {
    const { tell, superseded } = decideWarning(facts, [], days(27));
    expect(tell).toEqual({ deadline: "start_rotation", days: 7 });
    expect(keys(superseded)).toEqual(["expiry:30", "start_rotation:30", "expiry:90", "start_rotation:90"]);
  });

  test("also when the expiry itself was slept through", () => {
    expect(decideWarning(facts, [told("expiry", 7)], days(-3)).tell).toEqual({ deadline: "expiry", days: 1 });
  });

  test("nothing again, and nothing less urgent than what was told already", () => {
    const later = { ...facts, startBy: days(2).toISOString() };
    const { tell, superseded } = decideWarning(later, [told("expiry", 7)], days(6.5));
    expect(tell).toBeNull();
    expect(keys(superseded)).toContain("start_rotation:7");
    expect(decideWarning(facts, [told("expiry", 1)], days(0)).tell).toBeNull();
  });

  test("nothing of the days before an account was made", () => {
    const short = { ...facts, createdAt: days(5).toISOString() };
    expect(decideWarning(short, [], days(4.9))).toEqual({ tell: null, superseded: [] });
    expect(decideWarning(short, [], days(0.9)).tell).toEqual({ deadline: "expiry", days: 1 });
  });
});

test("while a rotation is under way nobody is told to start it, and its expiry counts as before", () => {
  const rotating = { ...facts, rotating: true };
  expect(decideWarning(rotating, [], days(27)).tell).toEqual({ deadline: "expiry", days: 30 });
  expect(decideWarning(rotating, [told("expiry", 30)], days(20)).tell).toBeNull();
  expect(decideWarning(facts, [told("expiry", 30)], days(20)).tell).toEqual({ deadline: "start_rotation", days: 1 });
});

test("severities follow the expiry ladder", () => {
  expect([0, 7, 8, 30, 31, 90].map(severityOfDays)).toEqual([
    "critical",
    "critical",
    "warning",
    "warning",
    "notice",
    "notice",
  ]);
});

/** One look at the clock: where it stands then, and whether the process dies before it could write anything down. */
const look = fc.record({
  move: fc.oneof(
    fc.integer({ min: 0, max: 3 * 3_600_000 }),
    fc.integer({ min: 0, max: 20 * DAY }),
    fc.integer({ min: -400 * DAY, max: 400 * DAY }),
  ),
  dies: fc.boolean(),
});
const scene = fc.record({
  warningDays: fc.uniqueArray(fc.integer({ min: 0, max: 365 }), { minLength: 1, maxLength: 10 }),
  leadTimeDays: fc.integer({ min: 0, max: 60 }),
  overlapDays: fc.integer({ min: 0, max: 30 }),
  hour: fc.integer({ min: 0, max: 23 }),
  timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"),
  start: fc.integer({ min: -30, max: 500 }),
  looks: fc.array(look, { minLength: 1, maxLength: 40 }),
});

test("over restarts and jumping clocks no warning is told twice, none too early, and none is lost", () => {
  fc.assert(
    fc.property(scene, ({ warningDays, leadTimeDays, overlapDays, hour, timeZone, start, looks }) => {
      const startBy = rotateBy(expiresAt, { leadTimeDays, overlapDays }) ?? "";
      const random: WarningFacts = { createdAt: null, expiresAt, startBy, warningDays, hour, timeZone };
      const momentOf = ({ deadline, days: before }: Threshold) =>
        Date.parse(deadline === "expiry" ? expiresAt : startBy) - before * DAY;
      const all = (["start_rotation", "expiry"] as const).flatMap((deadline) =>
        warningDays.map((before) => ({ deadline, days: before })),
      );
      const kept: Mark[] = [];
      let clock = days(start).getTime();
      for (const { move, dies } of looks) {
        clock += move;
        const { tell, superseded } = decideWarning(random, kept, new Date(clock));
        if (tell) expect(lastLocalHour(momentOf(tell), hour, timeZone)).toBeLessThanOrEqual(clock);
        if (dies) continue;
        if (tell) kept.push({ ...tell, state: "told" });
        for (const threshold of superseded) kept.push({ ...threshold, state: "superseded" });
        expect(new Set(kept.map(thresholdKey)).size).toBe(kept.length);
        const latest = Math.max(...kept.filter(({ state }) => state === "told").map(momentOf));
        for (const threshold of all) {
          if (lastLocalHour(momentOf(threshold), hour, timeZone) <= clock) {
            expect(latest).toBeGreaterThanOrEqual(momentOf(threshold));
          }
        }
        expect(decideWarning(random, kept, new Date(clock))).toEqual({ tell: null, superseded: [] });
      }
    }),
    { numRuns: 400 },
  );
});
