import { z } from "zod";
import { type Policy, type RuleId, ruleIdSchema, type Severity } from "./policy";
import { instantSchema } from "./service-account";

/** How much of an account's good standing its gravest open finding takes. */
export const penalties: Record<Severity, number> = { critical: 1, warning: 0.5, notice: 0.15 };

/**
 * The posture score, 0 to 100: the average standing of the accounts. An account without an open finding counts whole;
 * one with open findings loses the penalty of its gravest, however many it has. Accepted findings take nothing. Null
 * without accounts.
 */
export function postureScore(accounts: number, gravest: Readonly<Record<Severity, number>>): number | null {
  if (accounts === 0) return null;
  const lost =
    gravest.critical * penalties.critical + gravest.warning * penalties.warning + gravest.notice * penalties.notice;
  // Rounded down: only an organization without any open finding has 100.
  return Math.max(0, Math.floor(100 * (1 - lost / accounts)));
}

export const practiceIds = ["own_purpose", "least_privilege", "always_an_expiry", "rotated_regularly"] as const;
export type PracticeId = (typeof practiceIds)[number];

/** Mixpanel's advice in four sentences, each with the rules that show whether an account follows it:
 * https://docs.mixpanel.com/docs/orgs-and-projects/managing-service-accounts */
export const practices: Record<PracticeId, { title: string; rules: readonly RuleId[] }> = {
  own_purpose: { title: "An account per purpose", rules: ["annotated", "name_pattern"] },
  least_privilege: { title: "Least privilege", rules: ["highest_role", "strong_role_reason", "too_many_projects"] },
  always_an_expiry: { title: "Always an expiry", rules: ["expiry_required", "longest_lifetime"] },
  rotated_regularly: { title: "Rotate regularly", rules: ["rotation_age", "expires_soon", "expired"] },
};

/** Of a practice's rules the ones the policy asks for; without any, nobody can say how many accounts follow it. */
export function checkedRules(practice: PracticeId, policy: Policy): RuleId[] {
  return practices[practice].rules.filter((rule) => policy.rules[rule].enabled);
}

const count = z.number().int();
const pointSchema = z.object({ day: z.iso.date(), score: count, open: count, accepted: count });

export const postureSchema = z.object({
  score: count.nullable(),
  accounts: count,
  /** Accounts without an open finding. */
  clean: count,
  open: z.object({ critical: count, warning: count, notice: count }),
  accepted: count,
  practices: z.array(
    z.object({
      id: z.enum(practiceIds),
      /** The rules that are switched on; none: not checked. */
      rules: z.array(ruleIdSchema),
      following: count,
    }),
  ),
  /** One point a day, oldest first; the last is today's as it stands. */
  history: z.array(pointSchema),
  rules: z.array(
    z.object({
      rule: ruleIdSchema,
      open: count,
      accepted: count,
      /** Open findings of each day of `history`; 0 where there is no row. */
      trend: z.array(count),
    }),
  ),
  judgedAt: instantSchema.nullable(),
});
export type Posture = z.infer<typeof postureSchema>;
export type PosturePoint = z.infer<typeof pointSchema>;
