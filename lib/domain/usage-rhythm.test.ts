import { describe, expect, test } from "vitest";
import { isSilent, rhythmOf, silentAfterDays } from "./usage-rhythm";

const every = (gap: number, times: number) => ({
  since: 0,
  days: Array.from({ length: times }, (_, index) => 1_000 + index * gap),
});

describe("An account's own rhythm", () => {
  test("is not known from fewer than three days of use", () => {
    expect(rhythmOf(every(30, 2))).toBeNull();
    expect(silentAfterDays(every(30, 2), 90)).toBe(90);
  });

  test("lets a monthly job rest for a month and a daily one for three days", () => {
    expect(rhythmOf(every(31, 4))).toEqual({ usualGapDays: 31, silentAfterDays: 48 });
    expect(rhythmOf(every(1, 60))).toEqual({ usualGapDays: 1, silentAfterDays: 3 });
    const monthly = every(31, 4);
    const last = monthly.days.at(-1)!;
    expect(isSilent(monthly, last + 32, 7)).toBe(false);
    expect(isSilent(monthly, last + 49, 7)).toBe(true);
  });

  test("one long holiday among many short gaps does not make it slow", () => {
    const days = Array.from({ length: 30 }, (_, index) => 1_000 + index + (index > 14 ? 20 : 0));
    expect(rhythmOf({ since: 0, days })?.usualGapDays).toBe(1);
  });

  test("says nothing of an account that was never used", () => {
    expect(isSilent({ since: 0, days: [] }, 20_000, 90)).toBe(false);
  });
});
