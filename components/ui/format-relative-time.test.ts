import { describe, expect, it } from "vitest";
import { formatAbsoluteTime, formatDate, formatRelativeTime, formatTimeOfDay } from "./format-relative-time";

const now = Date.parse("2026-11-23T12:00:00Z");

describe("formatRelativeTime", () => {
  it.each([
    ["2026-11-23T12:00:00Z", "just now"],
    ["2026-11-23T12:00:08Z", "just now"],
    ["2026-11-23T11:59:01Z", "just now"],
    ["2026-11-23T12:00:30Z", "in less than a minute"],
    ["2026-11-23T11:59:00Z", "1 minute ago"],
    ["2026-11-23T12:59:59Z", "in 59 minutes"],
    ["2026-11-23T10:00:00Z", "2 hours ago"],
    ["2026-11-23T13:30:00Z", "in 1 hour"],
    ["2026-11-26T12:00:00Z", "in 3 days"],
    ["2026-11-26T11:59:59Z", "in 2 days"],
    ["2026-11-22T12:00:00Z", "1 day ago"],
    ["2027-02-21T12:00:00Z", "in 90 days"],
    ["2027-05-22T12:00:00Z", "in 5 months"],
    ["2027-11-23T12:00:00Z", "in 12 months"],
    ["2025-11-24T12:00:00Z", "11 months ago"],
    ["2024-11-23T12:00:00Z", "2 years ago"],
    ["2030-01-01T00:00:00Z", "in 3 years"],
  ])("%s is %j", (instant, text) => {
    expect(formatRelativeTime(instant, now)).toBe(text);
  });

  it("never promises more time than is left", () => {
    for (let hours = 1; hours < 24 * 99; hours += 7) {
      const text = formatRelativeTime(new Date(now + hours * 3_600_000), now);
      const [, value, unit] = /^in (\d+) (hour|day)s?$/.exec(text) ?? [];
      expect(Number(value) * (unit === "day" ? 24 : 1)).toBeLessThanOrEqual(hours);
    }
  });
});

it("writes absolute times in UTC, wherever the machine stands", () => {
  expect(formatAbsoluteTime("2027-02-21T23:59:59Z")).toBe("21 Feb 2027, 23:59 UTC");
  expect(formatAbsoluteTime("2027-02-22T01:30:00+02:00")).toBe("21 Feb 2027, 23:30 UTC");
  expect(formatDate("2026-01-05T00:00:00Z")).toBe("5 Jan 2026");
  expect(formatTimeOfDay("2026-01-05T14:02:59Z")).toBe("14:02");
});
