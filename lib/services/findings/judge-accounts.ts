import type { Database, Transaction } from "@/lib/db/database";
import { noteJudgedAccounts } from "@/lib/db/finding-runs";
import { deleteFindings, loadFindings, type StoredFinding, saveFindings } from "@/lib/db/findings";
import { inTransaction } from "@/lib/db/in-transaction";
import { findOrganizations } from "@/lib/db/organizations";
import type { Finding, Fits, Subject } from "@/lib/domain/finding";
import { judge } from "@/lib/domain/judge";
import type { Policy } from "@/lib/domain/policy";
import { severityRank } from "@/lib/domain/severity";
import type { AppContext } from "@/lib/services/context";
import { upstreamNow } from "@/lib/services/inventory/sync-view";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { type JudgedOrganization, loadSubjects } from "./load-subjects";
import { matchNames, PatternsTooSlowError } from "./match-names";

type Judging = Omit<AppContext, "database"> & { database: Database | Transaction; organization: JudgedOrganization };

/**
 * Judges some accounts at once, after a change that concerns only them: an annotation. `asked` says how often the change
 * asked for a judging of all, which is not needed then. One that is under way comes again, for it may write over this.
 */
export async function judgeAccounts(
  context: Judging,
  accountIds: readonly number[],
  { asked = 0 }: { asked?: number } = {},
): Promise<void> {
  const { organization, now } = context;
  await inTransaction(context.database, async (transaction) => {
    const inside = { ...context, database: transaction };
    const { policy } = await getPolicy(inside);
    const at = await judgingInstant(inside);
    const subjects = await loadSubjects(transaction, organization, accountIds);
    const found = judgeSubjects(context, subjects, { policy, at });
    const stored = await loadFindings(transaction, organization.key, accountIds);
    const { changed, gone } = compareFindings(organization.key, stored, found, now());
    await deleteFindings(transaction, organization.key, gone);
    await saveFindings(transaction, changed);
    await noteJudgedAccounts(transaction, organization.key, asked);
  });
}

/** Expiry and use happen by Mixpanel's clock, so accounts are judged by it too. */
export async function judgingInstant({ database, organization, now }: Judging): Promise<Date> {
  const [state] = await findOrganizations(database, [organization.key]);
  return upstreamNow(now(), state?.clock_skew_ms ?? null);
}

/** The findings of each account. Patterns that take too long find nothing, and the log says so. */
export function judgeSubjects(
  { logger, organization }: Pick<Judging, "logger" | "organization">,
  subjects: ReadonlyMap<number, Subject>,
  { policy, at }: { policy: Policy; at: Date },
): Map<number, Finding[]> {
  const fits = namesThatFit([...subjects.values()], policy, () =>
    logger.warn({ organization: organization.key }, "The name patterns of the policy take too long: no name is judged"),
  );
  return new Map([...subjects].map(([id, subject]) => [id, judge(subject, policy, at, fits)]));
}

function namesThatFit(subjects: readonly Subject[], { rules }: Policy, tooSlow: () => void): Fits {
  const { enabled, patterns } = rules.name_pattern;
  try {
    const names = subjects.map(({ account }) => account.name);
    return matchNames(enabled ? names : [], patterns);
  } catch (error) {
    if (!(error instanceof PatternsTooSlowError)) throw error;
    tooSlow();
    return () => true;
  }
}

/** What has to be written so that the stored findings are the found ones. */
export function compareFindings(
  key: string,
  stored: readonly StoredFinding[],
  found: ReadonlyMap<number, readonly Finding[]>,
  at: Date,
): { changed: StoredFinding[]; gone: { accountId: number; rule: string }[] } {
  const known = new Map(stored.map((row) => [`${row.account_id} ${row.rule}`, row]));
  const since = at.toISOString();
  const changed: StoredFinding[] = [];
  for (const [accountId, findings] of found) {
    for (const { rule, severity, sentence, fix } of findings) {
      const name = `${accountId} ${rule}`;
      const before = known.get(name);
      known.delete(name);
      const severity_rank = severityRank(severity);
      const same = before?.sentence === sentence && before.severity_rank === severity_rank && before.fix === fix;
      if (same) continue;
      changed.push({ organization_key: key, account_id: accountId, rule, severity_rank, sentence, fix, since });
    }
  }
  return { changed, gone: [...known.values()].map((row) => ({ accountId: row.account_id, rule: row.rule })) };
}
