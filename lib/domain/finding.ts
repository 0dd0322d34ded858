import { z } from "zod";
import type { Annotation } from "./annotation";
import { fitsAnyPattern } from "./name-pattern";
import { type Policy, type RuleId, ruleIds, type Severity } from "./policy";
import type { UsageHistory } from "./usage-history";

/** What resolves a finding. The console's own credential is changed on the settings page, whatever is wrong with it. */
export const fixKinds = ["annotate", "rotate", "delete", "assign", "remove_membership", "settings"] as const;
export const fixKindSchema = z.enum(fixKinds);
export type FixKind = z.infer<typeof fixKindSchema>;

/** Everything that is known of an account when it is judged. */
export type Subject = {
  account: {
    username: string;
    name: string;
    creatorName: string | null;
    creatorEmail: string | null;
    createdAt: string | null;
    firstSeenAt: string;
    expiresAt: string | null;
    lastUsedAt: string | null;
    highestRole: string | null;
    own: boolean;
  };
  memberships: {
    /** Projects it reaches by any grant. */
    projects: number;
    /** Of these the ones given to it one by one or by a team: an owner or admin reaches all the others anyway. */
    granted: number;
    /** Its role in the organization, from its grants or as it was created here; null where nobody can tell. */
    organizationRole: string | null;
  };
  annotation: Pick<Annotation, "owner" | "contact" | "purpose" | "ticket" | "roleReason" | "neverReason">;
  history: UsageHistory | null;
};

/** A departure from a rule: what departs, in one sentence that stays the same from day to day, and what resolves it. */
export type Finding = { rule: RuleId; severity: Severity; sentence: string; fix: FixKind };
export type Departure = Pick<Finding, "sentence" | "fix">;

export type Fits = (name: string, patterns: readonly { pattern: string }[]) => boolean;
type Settings = Policy["rules"];
export type Judges = {
  [Rule in RuleId]: (subject: Subject, settings: Settings[Rule], now: Date, fits: Fits) => Departure | null;
};

/** Judges an account by every rule that counts, at most one finding each. Without `fits` a pattern may take its time. */
export function judgeBy(
  judges: Judges,
  subject: Subject,
  { rules }: Policy,
  now: Date,
  fits: Fits = fitsAnyPattern,
): Finding[] {
  const judgeOne = <Rule extends RuleId>(rule: Rule): Finding[] => {
    const { enabled, severity } = rules[rule];
    const departure = enabled ? judges[rule](subject, rules[rule], now, fits) : null;
    if (!departure) return [];
    const fix = subject.account.own && departure.fix !== "annotate" ? "settings" : departure.fix;
    return [{ rule, severity, sentence: departure.sentence, fix }];
  };
  return ruleIds.flatMap((rule) => judgeOne(rule));
}
