import type { EpochDay, UsageHistory } from "./usage-history";

/** How often an account is used, as far as it has been watched. */
export type UsageRhythm = {
  /** Nearly every gap between two days of use is at most this long. */
  usualGapDays: number;
  /** Without a use for longer than this, it is silent beyond its own rhythm. */
  silentAfterDays: number;
};

const USES_NEEDED = 3;
const SHARE_OF_GAPS = 0.9;
const TOLERANCE = 1.5;
const SHORTEST_SILENCE_DAYS = 3;

/** The account's own rhythm; null while fewer than three days of use are known, for nothing can be said then. */
export function rhythmOf({ days }: UsageHistory): UsageRhythm | null {
  if (days.length < USES_NEEDED) return null;
  const gaps = days.slice(1).map((day, index) => day - (days[index] ?? day));
  const sorted = gaps.sort((left, right) => left - right);
  const usualGapDays = Math.max(...sorted.slice(0, Math.ceil(sorted.length * SHARE_OF_GAPS)));
  return { usualGapDays, silentAfterDays: Math.max(SHORTEST_SILENCE_DAYS, Math.ceil(usualGapDays * TOLERANCE) + 1) };
}

/** How many days without use mean silence: by its own rhythm, else `fallbackDays`. */
export function silentAfterDays(history: UsageHistory, fallbackDays: number): number {
  return rhythmOf(history)?.silentAfterDays ?? fallbackDays;
}

/** Whether it has been quiet for longer than it usually is; an account that was never used is not silent but unused. */
export function isSilent(history: UsageHistory, today: EpochDay, fallbackDays: number): boolean {
  const last = history.days.at(-1);
  return last !== undefined && today - last > silentAfterDays(history, fallbackDays);
}
