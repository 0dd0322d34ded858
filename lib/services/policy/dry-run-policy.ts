import { findAccountNames } from "@/lib/db/inventory";
import type { Finding } from "@/lib/domain/finding";
import { type RuleId, ruleIds, type Severity } from "@/lib/domain/policy";
import type { DryRunAnswer, DryRunInput } from "@/lib/domain/policy-view";
import type { OrganizationContext } from "@/lib/services/context";
import { judgeAll } from "@/lib/services/findings/judge-organization";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { checkPatterns } from "./check-policy";
import { getPolicy } from "./get-policy";

type Request = { context: OrganizationContext; input: DryRunInput };
type Found = ReadonlyMap<number, readonly Finding[]>;
const NAMES_MAX = 5;

/** What this policy would find, beside what the policy in force finds now; changes nothing. */
export async function dryRunPolicy({ context, input }: Request): Promise<DryRunAnswer> {
  requireOperator(context, "policy:manage");
  checkPatterns(input.policy);
  const { policy } = await getPolicy(context);
  const [before, after] = [await judgeAll(context, policy), await judgeAll(context, input.policy)];
  const names = await findAccountNames(context.database, context.organization.key);
  return {
    accounts: after.size,
    rules: ruleIds.flatMap((rule) => compare(rule, severitiesOf(before, rule), severitiesOf(after, rule), names) ?? []),
  };
}

function severitiesOf(found: Found, rule: RuleId): Map<number, Severity> {
  return new Map(
    [...found].flatMap(([id, findings]) =>
      findings.filter((each) => each.rule === rule).map((each) => [id, each.severity]),
    ),
  );
}

function compare(
  rule: RuleId,
  before: ReadonlyMap<number, Severity>,
  after: ReadonlyMap<number, Severity>,
  names: ReadonlyMap<number, string>,
): DryRunAnswer["rules"][number] | null {
  if (before.size === 0 && after.size === 0) return null;
  const found = [...after.keys()].filter((id) => !before.has(id));
  const resolved = [...before.keys()].filter((id) => !after.has(id));
  const first = (ids: readonly number[]) =>
    ids
      .flatMap((id) => names.get(id) ?? [])
      .sort((left, right) => left.localeCompare(right, "en"))
      .slice(0, NAMES_MAX);
  return {
    rule,
    before: before.size,
    after: after.size,
    found: found.length,
    foundNames: first(found),
    resolved: resolved.length,
    resolvedNames: first(resolved),
    reweighed: [...after].filter(([id, severity]) => (before.get(id) ?? severity) !== severity).length,
  };
}
