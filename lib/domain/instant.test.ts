import fc from "fast-check";
import { expect, it } from "vitest";
import { parseInstant } from "./instant";

it.each([
  ["2026-07-03T09:21:27", "2026-07-03T09:21:27.000Z"],
  ["2026-07-03T09:21:27Z", "2026-07-03T09:21:27.000Z"],
  ["2026-07-03T09:21:27.123456", "2026-07-03T09:21:27.123Z"],
  ["2026-07-03T09:21:27.5+02:00", "2026-07-03T07:21:27.500Z"],
  ["2026-07-03T09:21:27-0730", "2026-07-03T16:51:27.000Z"],
  ["2026-07-03 09:21:27", "2026-07-03T09:21:27.000Z"],
  ["2026-07-03", "2026-07-03T00:00:00.000Z"],
])("reads %s", (text, instant) => expect(parseInstant(text)).toBe(instant));

it.each([
  null,
  undefined,
  0,
  {},
  "",
  "soon",
  "2026-13-01T00:00:00Z",
  "2026-07-03T25:00:00Z",
  "2026-07-03T09:21:27 CET",
])("answers null for %j", (value) => expect(parseInstant(value)).toBeNull());

it("reads back every instant it writes and never throws", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
      expect(parseInstant(date.toISOString())).toBe(date.toISOString());
    }),
  );
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(() => parseInstant(value)).not.toThrow();
    }),
  );
});
