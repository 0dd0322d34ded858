import { IMPORT_ROWS_MAX, type ImportLine, type ImportRow } from "@/lib/domain/annotation-import";

/** Below the 64 KB that a request may be, with room for what stands around the rows. */
const SLICE_BYTES = 48 * 1024;

/** Rows in requests that are small enough to be taken. */
export function slicesOf<Row extends ImportRow>(rows: readonly Row[]): Row[][] {
  const slices: Row[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = new TextEncoder().encode(JSON.stringify(row)).length + 60;
    const current = slices.at(-1);
    if (!current || current.length >= IMPORT_ROWS_MAX || bytes + size > SLICE_BYTES) {
      slices.push([row]);
      bytes = size;
    } else {
      current.push(row);
      bytes += size;
    }
  }
  return slices;
}

/** Of several lines for one account only the first counts, also where they went in different requests. */
export function withoutRepeats(lines: readonly ImportLine[]): ImportLine[] {
  const seen = new Set<number>();
  return lines.map((line) => {
    if (line.accountId === null || (line.outcome !== "changed" && line.outcome !== "unchanged")) return line;
    if (seen.has(line.accountId)) {
      return { ...line, outcome: "conflict", reason: "An earlier line names the same service account.", fields: [] };
    }
    seen.add(line.accountId);
    return line;
  });
}

/** "3 change, 10 are so already, 2 are unknown, 1 cannot be read", in the order that matters. */
export function countOutcomes(lines: readonly ImportLine[]): Record<ImportLine["outcome"], number> {
  const counts = { changed: 0, unchanged: 0, unknown: 0, invalid: 0, conflict: 0 };
  for (const { outcome } of lines) counts[outcome] += 1;
  return counts;
}
