import { emptyAnnotation } from "@/lib/domain/annotation";
import type { Subject } from "@/lib/domain/finding";
import { defaultPolicy, type Policy, policySchema, ruleIds } from "@/lib/domain/policy";

export const NOW = new Date("2026-11-23T12:00:00.000Z");
/** The instant so many days from `NOW`. */
export const daysOff = (days: number) => new Date(NOW.getTime() + days * 86_400_000).toISOString();

type Changes = { [Part in keyof Subject]?: Partial<Subject[Part]> };

/** An account that departs from no rule of the defaults; each test says what is different about its own. */
export function subject({ account, memberships, annotation, history }: Changes = {}): Subject {
  return {
    account: {
      username: "nightly-export.1a2b3c.mp-service-account",
      name: "nightly-export",
      creatorName: "Ada",
      creatorEmail: "ada@example.com",
      createdAt: daysOff(-60),
      firstSeenAt: daysOff(-50),
      expiresAt: daysOff(60),
      lastUsedAt: daysOff(-1),
      highestRole: "consumer",
      own: false,
      ...account,
    },
    memberships: { projects: 2, granted: 2, organizationRole: null, ...memberships },
    annotation: { ...emptyAnnotation, owner: "Data", contact: "data@example.com", purpose: "Exports", ...annotation },
    history: history ? { since: 0, days: [], ...history } : null,
  };
}

/** A policy in which only this rule counts. */
export function only<Rule extends keyof Policy["rules"]>(rule: Rule, settings: Partial<Policy["rules"][Rule]> = {}) {
  const off = Object.fromEntries(ruleIds.map((id) => [id, { ...defaultPolicy.rules[id], enabled: false }]));
  return policySchema.parse({
    rules: { ...off, [rule]: { ...defaultPolicy.rules[rule], enabled: true, ...settings } },
  });
}
