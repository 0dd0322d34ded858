import type { Database, Transaction } from "@/lib/db/database";
import { countByGravest, countByRule } from "@/lib/db/finding-queries";
import { savePostureDay } from "@/lib/db/posture";
import { countAllAccounts } from "@/lib/db/service-accounts";
import { ruleIds, type Severity } from "@/lib/domain/policy";
import { postureScore } from "@/lib/domain/posture";
import { severityOfRank, severityRank } from "@/lib/domain/severity";

/** How an organization stands at an instant, by what is stored. */
export async function measurePosture(handle: Database | Transaction, key: string, now: Date) {
  const at = now.toISOString();
  const accounts = await countAllAccounts(handle, key);
  const byGravest = await countByGravest(handle, key, at);
  const byRule = await countByRule(handle, key, at);
  const gravest = bySeverity((severity) => byGravest.get(severityRank(severity)) ?? 0);
  const open = bySeverity((severity) =>
    sum(byRule.flatMap((row) => (severityOfRank(row.severity_rank) === severity ? row.open : []))),
  );
  const rules = ruleIds.flatMap((rule) => {
    const rows = byRule.filter((row) => row.rule === rule);
    if (rows.length === 0) return [];
    return { rule, open: sum(rows.map((row) => row.open)), accepted: sum(rows.map((row) => row.accepted)) };
  });
  return {
    score: postureScore(accounts, gravest),
    accounts,
    clean: accounts - gravest.critical - gravest.warning - gravest.notice,
    open,
    accepted: sum(byRule.map((row) => row.accepted)),
    rules,
  };
}

/** Writes the day's row of the history; there is none for an organization without accounts. */
export async function notePosture(transaction: Transaction, key: string, now: Date): Promise<void> {
  const { score, accounts, clean, open, accepted, rules } = await measurePosture(transaction, key, now);
  if (score === null) return;
  const place = { organization_key: key, day: now.toISOString().slice(0, 10) };
  await savePostureDay(
    transaction,
    { ...place, score, accounts, clean, ...open, accepted },
    rules.map((row) => ({ ...place, ...row })),
  );
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

function bySeverity(count: (severity: Severity) => number): Record<Severity, number> {
  return { critical: count("critical"), warning: count("warning"), notice: count("notice") };
}
