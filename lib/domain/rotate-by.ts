const DAY_MS = 86_400_000;

/**
 * The instant by which a rotation must start, so that owner and overlap both have their days before the expiry; null
 * where nothing expires. It may lie in the past: then it should have started already.
 */
export function rotateBy(
  expiresAt: string | null,
  { leadTimeDays, overlapDays }: { leadTimeDays: number; overlapDays: number },
): string | null {
  if (expiresAt === null) return null;
  return new Date(Date.parse(expiresAt) - (leadTimeDays + overlapDays) * DAY_MS).toISOString();
}
