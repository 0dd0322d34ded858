import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeDays, encodeDays, epochDay, HISTORY_DAYS, withUse } from "./usage-history";

describe("A usage history", () => {
  test("keeps each day once, in order, whatever order they are seen in", () => {
    let history = { since: 100, days: [] as readonly number[] };
    for (const day of [105, 101, 105, 103]) history = withUse(history, day);
    expect(history).toEqual({ since: 100, days: [101, 103, 105] });
  });

  test("forgets what lies further back than the longest history", () => {
    expect(withUse({ since: 0, days: [1, 2] }, HISTORY_DAYS + 1).days).toEqual([2, HISTORY_DAYS + 1]);
    expect(withUse({ since: 0, days: [HISTORY_DAYS + 1] }, 1).days).toEqual([HISTORY_DAYS + 1]);
  });

  test("counts days in UTC", () => {
    expect(epochDay("1970-01-02T00:00:00.000Z")).toBe(1);
    expect(epochDay(new Date("1970-01-01T23:59:59.999Z"))).toBe(0);
  });

  test("is written in few characters and read back whole", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40_000 }), { maxLength: 400 }), (days) => {
        const sorted = [...days].sort((left, right) => left - right);
        expect(decodeDays(encodeDays(sorted))).toEqual(sorted);
      }),
    );
    const daily = Array.from({ length: HISTORY_DAYS }, (_, index) => 20_000 + index);
    expect(encodeDays(daily).length).toBeLessThan(2.1 * HISTORY_DAYS);
  });
});
