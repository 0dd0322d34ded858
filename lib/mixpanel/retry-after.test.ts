import { describe, expect, it } from "vitest";
import { parseHttpDate, retryAfterOf } from "./retry-after";

const now = new Date("2026-07-03T10:00:00Z");
const DAY = 86_400_000;

describe("Retry-After", () => {
  it.each([
    ["0", 0],
    ["7", 7_000],
    [" 120 ", 120_000],
    ["86400", DAY],
    ["99999999999999999999", DAY],
    ["Fri, 03 Jul 2026 10:00:30 GMT", 30_000],
    ["Fri, 03 Jul 2026 09:00:00 GMT", 0],
    ["Fri, 03 Jul 2099 10:00:30 GMT", DAY],
  ])("reads %s as %d ms", (value, expected) => {
    expect(retryAfterOf({ "retry-after": value }, now)).toBe(expected);
  });

  it.each(["soon", "-5", "1.5", "", "2026-07-03", "Fri, 99 Xxx 2026 99:99:99 GMT"])("ignores %j", (value) => {
    expect(retryAfterOf({ "retry-after": value }, now)).toBeNull();
  });

  it("ignores a missing and a repeated header", () => {
    expect(retryAfterOf({}, now)).toBeNull();
    expect(retryAfterOf({ "retry-after": ["1", "2"] }, now)).toBeNull();
  });

  it("measures a date by the upstream's own clock", () => {
    const headers = { "retry-after": "Sat, 04 Jul 2026 10:00:20 GMT", date: "Sat, 04 Jul 2026 10:00:00 GMT" };
    expect(retryAfterOf(headers, now)).toBe(20_000);
  });

  it("reads only HTTP dates", () => {
    expect(parseHttpDate("Fri, 03 Jul 2026 10:00:30 GMT")?.toISOString()).toBe("2026-07-03T10:00:30.000Z");
    expect(parseHttpDate("2026-07-03T10:00:30Z")).toBeNull();
    expect(parseHttpDate(undefined)).toBeNull();
  });
});
