import { z } from "zod";
import { instantSchema } from "./service-account";
import { type EpochDay, epochDay, type UsageHistory } from "./usage-history";
import { rhythmOf } from "./usage-rhythm";

export const USAGE_WEEKS = 52;
const DAY_MS = 86_400_000;

/** An account's use over the last twelve months, and how often it usually is used. */
export const usageViewSchema = z.object({
  /** Days of use in each of the last 52 weeks, oldest first; the last one ends today. */
  weeks: z.array(z.number().int().min(0).max(7)).length(USAGE_WEEKS),
  daysSeen: z.number().int(),
  /** Null while its rhythm is not known. */
  usualGapDays: z.number().int().nullable(),
  /** From when on it is, or would be, silent beyond its own rhythm; null while that is not known. */
  silentFrom: instantSchema.nullable(),
});
export type UsageView = z.infer<typeof usageViewSchema>;

/** The first instant of silence beyond its own rhythm, if it is not used before; null while its rhythm is not known. */
export function silentFrom(history: UsageHistory): string | null {
  const rhythm = rhythmOf(history);
  const last = history.days.at(-1);
  if (rhythm === null || last === undefined) return null;
  return new Date((last + rhythm.silentAfterDays + 1) * DAY_MS).toISOString();
}

export function toUsageView(history: UsageHistory | undefined, now: Date): UsageView {
  const known = history ?? { since: epochDay(now), days: [] };
  return {
    weeks: countWeeks(known.days, epochDay(now)),
    daysSeen: known.days.length,
    usualGapDays: rhythmOf(known)?.usualGapDays ?? null,
    silentFrom: silentFrom(known),
  };
}

function countWeeks(days: readonly EpochDay[], today: EpochDay): number[] {
  const weeks = Array.from({ length: USAGE_WEEKS }, () => 0);
  for (const day of days) {
    const week = USAGE_WEEKS - 1 - Math.floor((today - day) / 7);
    const count = weeks[week];
    if (day <= today && count !== undefined) weeks[week] = count + 1;
  }
  return weeks;
}
