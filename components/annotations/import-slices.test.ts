import fc from "fast-check";
import { expect, it } from "vitest";
import type { ImportLine, ImportRow } from "@/lib/domain/annotation-import";
import { slicesOf, withoutRepeats } from "./import-slices";

it("puts every row into one request, in order, none too large", () => {
  const rows = fc.array(
    fc.record({
      line: fc.nat(),
      accountId: fc.constant("1"),
      username: fc.string({ unit: "binary", maxLength: 100 }),
      cells: fc.record({ notes: fc.string({ unit: "grapheme", maxLength: 2_000, size: "max" }) }),
    }),
    { maxLength: 300, size: "max" },
  );
  fc.assert(
    fc.property(rows, (all: ImportRow[]) => {
      const slices = slicesOf(all);
      expect(slices.flat()).toEqual(all);
      for (const slice of slices) {
        expect(slice.length).toBeLessThanOrEqual(200);
        const body = JSON.stringify({ rows: slice.map((row) => ({ ...row, seen: "2026-11-25T00:00:00.000Z" })) });
        expect(new TextEncoder().encode(body).length).toBeLessThan(64 * 1024);
      }
    }),
    { numRuns: 20 },
  );
});

it("lets the first line of an account count, wherever the second one went", () => {
  const line = (number: number, accountId: number, outcome: ImportLine["outcome"]): ImportLine => ({
    ...{ line: number, accountId, outcome },
    ...{ reason: null, accountName: "x", seen: null, fields: ["owner"] },
  });
  const lines = withoutRepeats([
    line(2, 1, "invalid"),
    line(3, 1, "changed"),
    line(4, 2, "changed"),
    line(5, 1, "unchanged"),
  ]);
  expect(lines.map(({ outcome }) => outcome)).toEqual(["invalid", "changed", "changed", "conflict"]);
});
