export type TimelineItem = { id: number; name: string; expiresAt: string };
export type TimelineMonth = { month: string; count: number; items: TimelineItem[] };

/** So many accounts of a month are marked one by one; the others are counted. */
export const MARKS_PER_MONTH = 14;

/** The coming twelve UTC months, each `YYYY-MM`, with the accounts that expire in it; what lies outside is left out. */
export function timelineMonths(
  items: readonly TimelineItem[],
  counts: Readonly<Record<string, number>>,
  now: Date,
): TimelineMonth[] {
  const months = Array.from({ length: 12 }, (_, index): TimelineMonth => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index, 1));
    const month = first.toISOString().slice(0, 7);
    return { month, count: counts[month] ?? 0, items: [] };
  });
  const byMonth = new Map(months.map((entry) => [entry.month, entry]));
  for (const item of items) {
    if (Date.parse(item.expiresAt) > now.getTime()) byMonth.get(item.expiresAt.slice(0, 7))?.items.push(item);
  }
  return months;
}
