import { expect, it } from "vitest";
import { endOfUtcDay, expiryAfterDays, expiryPresets, expiryProblem } from "./expiry-preset";

const now = new Date("2026-11-23T22:00:00.000Z");

it("ends the day in UTC", () => {
  expect(expiryAfterDays(90, now)).toBe("2027-02-21T23:59:59.000Z");
  expect(endOfUtcDay("2028-02-29")).toBe("2028-02-29T23:59:59.000Z");
  expect(endOfUtcDay("2027-02-29")).toBeNull();
  expect(endOfUtcDay("soon")).toBeNull();
});

it("accepts every preset and refuses the past, the far future and junk", () => {
  for (const days of expiryPresets) expect(expiryProblem(expiryAfterDays(days, now), now)).toBeNull();
  expect(expiryProblem(now.toISOString(), now)).toMatch(/past/);
  expect(expiryProblem("2126-01-01T00:00:00.000Z", now)).toMatch(/ten years/);
  expect(expiryProblem("soon", now)).toMatch(/year-month-day/);
  expect(expiryProblem(null, now)).toMatch(/year-month-day/);
});
