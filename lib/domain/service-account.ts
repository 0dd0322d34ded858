import { z } from "zod";

/** ISO 8601 in UTC with milliseconds, as `Date#toISOString` writes it: comparable as text. */
export const instantSchema = z.iso.datetime();

export const serviceAccountSchema = z.object({
  id: z.number().int(),
  /** The whole login name, `NAME.6hex.mp-service-account`. */
  username: z.string(),
  creatorId: z.number().int().nullable(),
  creatorName: z.string().nullable(),
  creatorEmail: z.string().nullable(),
  createdAt: instantSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
});
export type ServiceAccount = z.infer<typeof serviceAccountSchema>;

const usernamePattern = /^(.+)(\.[0-9a-f]{6}\.mp-service-account)$/s;

/** Splits a username into the name a person chose and the suffix Mixpanel added (empty when it has another form). */
export function splitUsername(username: string): { name: string; suffix: string } {
  const match = usernamePattern.exec(username);
  return { name: match?.[1] ?? username, suffix: match?.[2] ?? "" };
}

export const expiryStates = ["expired", "critical", "warning", "notice", "later", "never"] as const;
export type ExpiryState = (typeof expiryStates)[number];

export const expiryLimits = { critical: 7, warning: 30, notice: 90 } as const;
const DAY = 86_400_000;

/** The step of the expiry ladder: expired, then at most 7, 30 and 90 days, later, never. */
export function expiryState(expiresAt: string | null, now: Date): ExpiryState {
  if (expiresAt === null) return "never";
  const left = Date.parse(expiresAt) - now.getTime();
  if (left <= 0) return "expired";
  if (left <= expiryLimits.critical * DAY) return "critical";
  if (left <= expiryLimits.warning * DAY) return "warning";
  if (left <= expiryLimits.notice * DAY) return "notice";
  return "later";
}

export const usageStates = ["never_used", "unused_90", "used"] as const;
export type UsageState = (typeof usageStates)[number];
export const UNUSED_DAYS = 90;

/** An account counts as unused when its last use is 90 days or more ago. */
export function usageState(lastUsedAt: string | null, now: Date): UsageState {
  if (lastUsedAt === null) return "never_used";
  return now.getTime() - Date.parse(lastUsedAt) >= UNUSED_DAYS * DAY ? "unused_90" : "used";
}
