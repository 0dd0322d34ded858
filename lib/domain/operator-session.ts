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

/** An operator's own open sessions. `id` only tells them apart: nothing can be done with it without the session itself. */
export const ownSessionsSchema = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      startedAt: instantSchema,
      seenAt: instantSchema,
      address: z.string().nullable(),
      current: z.boolean(),
    }),
  ),
});
export type OwnSessions = z.infer<typeof ownSessionsSchema>;

/** One of the own sessions, or with null all but the one that asks. */
export const endOwnSessionsInputSchema = z.object({ sessionId: z.string().min(1).max(64).nullable() });
export type EndOwnSessionsInput = z.infer<typeof endOwnSessionsInputSchema>;

export const sessionsEndedSchema = z.object({ ended: z.number().int() });

/** Why a session is over, as its row and the audit record say it. */
export const sessionEndReasons = [
  "signed_out",
  "idle",
  "expired",
  "ended_by_administrator",
  "ended_by_operator",
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
