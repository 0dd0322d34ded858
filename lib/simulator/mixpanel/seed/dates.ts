import type { Profile } from "./profiles";
import type { Random } from "./random";

export const DAY = 86_400_000;
const MINUTE = 60_000;

export type AccountDates = { createdAt: number; expiresAt: number | null; lastUsedAt: number | null };

/** Whole days from the day the simulator started on, first to last. */
const expiryDays: Record<Profile["expires"], readonly [number, number] | null> = {
  never: null,
  expired: [-120, -2],
  "this week": [1, 5],
  "this month": [9, 28],
  "this quarter": [32, 88],
  later: [120, 700],
};

const usedDaysAgo: Record<Profile["used"], readonly [number, number] | null> = {
  never: null,
  "a minute ago": [0, 0],
  yesterday: [1, 1],
  "this week": [2, 6],
  "this month": [10, 28],
  "long ago": [100, 700],
};

/** Some second of a day `days` from the start of the epoch's own. */
function someTime(random: Random, epoch: number, [first, last]: readonly [number, number]): number {
  return Math.floor(epoch / DAY) * DAY + random.integer(first, last) * DAY + random.integer(0, 86_399) * 1000;
}

/**
 * Dates that fit each other: created first, used while valid. They hang on the epoch's day, those of a minute ago on
 * its minute, so that two starts within a minute give the same organization.
 */
export function seedDates(profile: Profile, random: Random, epoch: number): AccountDates {
  const expiry = expiryDays[profile.expires];
  const used = usedDaysAgo[profile.used];
  const expiresAt = expiry && someTime(random, epoch, expiry);
  const validUntil = Math.min(expiresAt ?? epoch, epoch);
  let lastUsedAt: number | null = null;
  if (profile.used === "a minute ago") lastUsedAt = Math.floor(epoch / MINUTE) * MINUTE - MINUTE;
  else if (used) lastUsedAt = someTime(random, epoch, [-used[1], -used[0]]);
  if (lastUsedAt !== null && lastUsedAt > validUntil) lastUsedAt = validUntil - random.integer(1, 20) * 3_600_000;
  const firstTrace = Math.min(lastUsedAt ?? validUntil, validUntil);
  return { createdAt: someTime(random, firstTrace, [-900, -20]), expiresAt, lastUsedAt };
}
