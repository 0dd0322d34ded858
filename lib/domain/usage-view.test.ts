import { expect, test } from "vitest";
import { epochDay } from "./usage-history";
import { isSilent } from "./usage-rhythm";
import { silentFrom, toUsageView, usageViewSchema } from "./usage-view";

const now = new Date("2026-11-25T12:00:00.000Z");
const today = epochDay(now);

test("weeks end today, and hold every day of the last 364 once", () => {
  const view = toUsageView({ since: 0, days: [today - 364, today - 363, today - 7, today - 6, today] }, now);
  expect(usageViewSchema.parse(view)).toEqual(view);
  expect([view.weeks[0], view.weeks[50], view.weeks[51]]).toEqual([1, 1, 2]);
  expect(view.daysSeen).toBe(5);
  expect(toUsageView(undefined, now)).toMatchObject({ daysSeen: 0, usualGapDays: null, silentFrom: null });
});

test("silence begins on the very day on which the rhythm says so", () => {
  const history = { since: 0, days: [today - 40, today - 30, today - 20] };
  const from = Date.parse(silentFrom(history) ?? "");
  expect(isSilent(history, epochDay(new Date(from)), 90)).toBe(true);
  expect(isSilent(history, epochDay(new Date(from - 1)), 90)).toBe(false);
});
