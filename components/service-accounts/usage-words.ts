import { counted } from "@/components/ui/counted";
import { formatDate } from "@/components/ui/format-relative-time";
import type { UsageView } from "@/lib/domain/usage-view";

export function isSilentNow({ silentFrom }: Pick<UsageView, "silentFrom">, now: number): boolean {
  return silentFrom !== null && Date.parse(silentFrom) <= now;
}

/** How often it is used, as a phrase; what is not known yet says so. */
export function rhythmWords({ daysSeen, usualGapDays }: UsageView): string {
  if (daysSeen === 0) return "never seen in use";
  if (usualGapDays === null) return `rhythm not known yet: seen on ${counted(daysSeen, "day")}`;
  return usualGapDays <= 1 ? "used about every day" : `used about every ${usualGapDays} days`;
}

/** Rhythm and silence in one sentence. */
export function usageWords(usage: UsageView, now: number): string {
  const words = rhythmWords(usage);
  if (usage.silentFrom === null || !isSilentNow(usage, now)) return words;
  return `${words}; silent beyond its rhythm since ${formatDate(usage.silentFrom)}`;
}
