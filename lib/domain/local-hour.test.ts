import fc from "fast-check";
import { expect, test } from "vitest";
import { lastLocalHour } from "./local-hour";

const at = (limit: string, hour: number, timeZone: string) =>
  new Date(lastLocalHour(Date.parse(limit), hour, timeZone)).toISOString();

test.each([
  { limit: "2027-02-14T23:59:00.000Z", hour: 9, zone: "UTC", found: "2027-02-14T09:00:00.000Z" },
  { limit: "2027-02-14T03:00:00.000Z", hour: 9, zone: "UTC", found: "2027-02-13T09:00:00.000Z" },
  { limit: "2027-02-14T09:00:00.000Z", hour: 9, zone: "UTC", found: "2027-02-14T09:00:00.000Z" },
  { limit: "2027-02-14T23:59:00.000Z", hour: 9, zone: "Asia/Tokyo", found: "2027-02-14T00:00:00.000Z" },
  { limit: "2027-02-14T12:00:00.000Z", hour: 9, zone: "America/New_York", found: "2027-02-13T14:00:00.000Z" },
  { limit: "2027-02-14T12:00:00.000Z", hour: 9, zone: "Asia/Kolkata", found: "2027-02-14T03:30:00.000Z" },
  // Summer time begins on 28 March 2027 in Berlin: half past two does not exist.
  { limit: "2027-03-28T12:00:00.000Z", hour: 9, zone: "Europe/Berlin", found: "2027-03-28T07:00:00.000Z" },
  { limit: "2027-03-28T12:00:00.000Z", hour: 2, zone: "Europe/Berlin", found: "2027-03-28T01:00:00.000Z" },
])("$hour o'clock in $zone before $limit is $found", ({ limit, hour, zone, found }) => {
  expect(at(limit, hour, zone)).toBe(found);
});

test("it is never after the limit, never more than 25 hours before it, and the clock on the wall shows that hour", () => {
  const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"];
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2032, 0) }),
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom(...zones),
      (limit, hour, timeZone) => {
        const found = lastLocalHour(limit, hour, timeZone);
        expect(found).toBeLessThanOrEqual(limit);
        expect(limit - found).toBeLessThanOrEqual(25 * 3_600_000);
        const shown = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(found);
        // Where summer time skips the hour, the next one is shown.
        expect([hour, hour + 1]).toContain(Number(shown));
      },
    ),
    { numRuns: 500 },
  );
});
