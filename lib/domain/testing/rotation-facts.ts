import type { RotationFacts } from "@/lib/domain/rotation-evidence";

/** Noon of a day in January 2027. */
export const at = (day: string) => `2027-01-${day}T12:00:00.000Z`;

/** Handed over on the 5th, the replacement in use since, the predecessor silent since the 6th; looked at on the 20th. */
export const facts = (more: Partial<RotationFacts> = {}): RotationFacts => ({
  now: new Date(at("20")),
  seenAt: at("20"),
  quietDays: 7,
  handedOverAt: at("05"),
  restoredAt: null,
  predecessor: { lastUsedAt: at("06"), expiresAt: null, history: null, removable: 1 },
  replacement: { lastUsedAt: at("19") },
  ownUseUntil: null,
  ...more,
});
