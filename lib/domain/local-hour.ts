const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the local clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  formats.set(timeZone, format);
  const part = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const read = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  const local = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
  return local - Math.floor(instant / 1_000) * 1_000;
}

/** The instant at which the local clock shows this reading; where summer time skips it, an hour later on that clock. */
function instantOf(local: number, timeZone: string): number {
  const guess = local - offsetAt(local, timeZone);
  return local - offsetAt(guess, timeZone);
}

/** The latest instant not after `limit` (milliseconds) at which it is `hour` o'clock in the time zone. */
export function lastLocalHour(limit: number, hour: number, timeZone: string): number {
  const local = limit + offsetAt(limit, timeZone);
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  for (let day = 0; ; day += 1) {
    const instant = instantOf(midnight - day * DAY_MS + hour * HOUR_MS, timeZone);
    if (instant <= limit) return instant;
  }
}
