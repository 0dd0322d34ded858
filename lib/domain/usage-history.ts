/** Days since 1970-01-01 UTC. */
export type EpochDay = number;

const DAY_MS = 86_400_000;
export const HISTORY_DAYS = 400;

/**
 * On which UTC days an account was seen used, oldest first. Mixpanel tells the last use only, so a day shows when a
 * sync read it; `since` is the first day anybody looked.
 */
export type UsageHistory = { since: EpochDay; days: readonly EpochDay[] };

export function epochDay(instant: Date | string): EpochDay {
  return Math.floor((typeof instant === "string" ? Date.parse(instant) : instant.getTime()) / DAY_MS);
}

/** The history with one more day of use; days beyond the longest history fall out at its old end. */
export function withUse(history: UsageHistory, day: EpochDay): UsageHistory {
  if (history.days.includes(day)) return history;
  const days = [...history.days, day].sort((left, right) => left - right);
  const newest = Math.max(...days);
  return { since: history.since, days: days.filter((kept) => kept > newest - HISTORY_DAYS) };
}

/** Gaps between days as base-36 words, the first one counted from 1970: `f3a.1.1.7` takes few bytes for a year. */
export function encodeDays(days: readonly EpochDay[]): string {
  return days.map((day, index) => (day - (days[index - 1] ?? 0)).toString(36)).join(".");
}

export function decodeDays(text: string): EpochDay[] {
  if (text === "") return [];
  let day = 0;
  return text.split(".").map((gap) => {
    day += Number.parseInt(gap, 36);
    return day;
  });
}
