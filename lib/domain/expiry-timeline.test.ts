import { expect, it } from "vitest";
import { timelineMonths } from "./expiry-timeline";

it("spreads twelve months over the year's end and leaves the past and the far future out", () => {
  const item = (id: number, expiresAt: string) => ({ id, name: `a${id}`, expiresAt });
  const months = timelineMonths(
    [
      item(1, "2026-11-01T00:00:00.000Z"),
      item(2, "2026-11-30T00:00:00.000Z"),
      item(3, "2027-10-31T23:59:59.000Z"),
      item(4, "2027-11-01T00:00:00.000Z"),
    ],
    { "2026-11": 40, "2027-10": 1, "2027-11": 1 },
    new Date("2026-11-23T00:00:00.000Z"),
  );
  expect(months.map(({ month }) => month)).toHaveLength(12);
  expect([months[0]?.month, months[11]?.month]).toEqual(["2026-11", "2027-10"]);
  expect(months.flatMap(({ items }) => items.map(({ id }) => id))).toEqual([2, 3]);
  expect(months.map(({ count }) => count)).toEqual([40, ...Array.from({ length: 10 }, () => 0), 1]);
});
