export type TimelineItem = { id: number; name: string; expiresAt: string };
export type TimelineMonth = { month: string; items: TimelineItem[] };

/** The coming twelve UTC months, each `YYYY-MM`, with the accounts that expire in it; what lies outside is left out. */
export function timelineMonths(items: readonly TimelineItem[], now: Date): TimelineMonth[] {
  const months = Array.from({ length: 12 }, (_, index) => ({
    month: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index, 1)).toISOString().slice(0, 7),
    items: [] as TimelineItem[],
  }));
  const byMonth = new Map(months.map((entry) => [entry.month, entry]));
  for (const item of items) {
    if (Date.parse(item.expiresAt) > now.getTime()) byMonth.get(item.expiresAt.slice(0, 7))?.items.push(item);
  }
  return months;
}
