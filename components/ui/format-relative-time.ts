const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Whole calendar months from one UTC instant to a later one. */
function monthsBetween(earlier: Date, later: Date): number {
  const months = (later.getUTCFullYear() - earlier.getUTCFullYear()) * 12 + later.getUTCMonth() - earlier.getUTCMonth();
  const dayOf = (date: Date) => date.getUTCDate() * DAY + (date.getTime() % DAY);
  return dayOf(later) < dayOf(earlier) ? months - 1 : months;
}

/** Rounded towards now, so that what is left is never overstated; days up to 99, because lifetimes are counted in them. */
function amount(earlier: number, later: number): string {
  const distance = later - earlier;
  const count = (value: number, unit: string) => `${value} ${unit}${value === 1 ? "" : "s"}`;
  if (distance < HOUR) return count(Math.floor(distance / MINUTE), "minute");
  if (distance < DAY) return count(Math.floor(distance / HOUR), "hour");
  if (distance < 100 * DAY) return count(Math.floor(distance / DAY), "day");
  const months = monthsBetween(new Date(earlier), new Date(later));
  return months < 24 ? count(months, "month") : count(Math.floor(months / 12), "year");
}

/** "2 hours ago", "in 3 days", "just now". Clocks that differ by a few seconds do not make a past thing future. */
export function formatRelativeTime(instant: Date | string, now: number): string {
  const time = new Date(instant).getTime();
  const ahead = time - now;
  if (ahead > -MINUTE && ahead < 10 * SECOND) return "just now";
  if (ahead > 0 && ahead < MINUTE) return "in less than a minute";
  return ahead > 0 ? `in ${amount(now, time)}` : `${amount(time, now)} ago`;
}

/** "21 Feb 2027", in UTC. */
export function formatDate(instant: Date | string): string {
  const date = new Date(instant);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "21 Feb 2027, 23:59 UTC". */
export function formatAbsoluteTime(instant: Date | string): string {
  return `${formatDate(instant)}, ${formatTimeOfDay(instant)} UTC`;
}

/** "14:02", in UTC. */
export function formatTimeOfDay(instant: Date | string): string {
  return new Date(instant).toISOString().slice(11, 16);
}
