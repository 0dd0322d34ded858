import { z } from "zod";
import { operatorSchema } from "./operator";
import { instantSchema } from "./service-account";

/** An operator as the settings page lists them: who, since when, and how many sessions are open now. */
export const operatorListSchema = z.object({
  operators: z.array(
    operatorSchema.extend({
      lastSignInAt: instantSchema,
      lastSeenAt: instantSchema.nullable(),
      openSessions: z.number().int(),
    }),
  ),
});
export type OperatorList = z.infer<typeof operatorListSchema>;

export const sessionsEndedSchema = z.object({ ended: z.number().int() });

/** Why a session is over, as its row and the audit record say it. */
export const sessionEndReasons = [
  "signed_out",
  "idle",
  "expired",
  "ended_by_administrator",
  "no_role",
  "provider_refused",
  "replaced",
  "recheck_overdue",
] as const;
export type SessionEndReason = (typeof sessionEndReasons)[number];

/** A session ends after this much silence, and after this long in any case. */
export const SESSION_IDLE_MS = 30 * 60_000;
export const SESSION_ABSOLUTE_MS = 12 * 60 * 60_000;
/** Groups are asked for again at the provider at most this far apart. */
export const GROUPS_RECHECK_MS = 5 * 60_000;
/** Before a destructive act they are asked for again, unless that was less than a minute ago. */
export const DESTRUCTIVE_RECHECK_MS = 60_000;
/** While the provider is out of reach, reading goes on this long after the last answer; changing stops at once. */
export const GROUPS_RECHECK_LIMIT_MS = 15 * 60_000;
/** How old the sign-in may be for a destructive bulk act. */
export const FRESH_SIGN_IN_MS = 10 * 60_000;

export function isFreshSignIn(authenticatedAt: string, now: Date): boolean {
  return now.getTime() - Date.parse(authenticatedAt) <= FRESH_SIGN_IN_MS;
}
