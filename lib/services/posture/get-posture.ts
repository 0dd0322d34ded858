import { countAccountsDeparting } from "@/lib/db/finding-queries";
import { findFindingRun } from "@/lib/db/finding-runs";
import { findPostureDays, findPostureRuleDays } from "@/lib/db/posture";
import { ruleIds } from "@/lib/domain/policy";
import { checkedRules, type Posture, practiceIds } from "@/lib/domain/posture";
import type { OrganizationContext } from "@/lib/services/context";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { measurePosture } from "./note-posture";

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 90;

/** How the organization stands now, how it came to that, and how many accounts follow each of the four practices. */
export async function getPosture(
  context: Pick<OrganizationContext, "database" | "environment" | "organization" | "now">,
): Promise<Posture> {
  const { database, organization } = context;
  const now = context.now();
  const at = now.toISOString();
  const today = at.slice(0, 10);
  const from = new Date(now.getTime() - HISTORY_DAYS * DAY_MS).toISOString().slice(0, 10);
  const [{ policy }, measured, days, ruleDays, run] = await Promise.all([
    getPolicy(context),
    measurePosture(database, organization.key, now),
    findPostureDays(database, organization.key, from),
    findPostureRuleDays(database, organization.key, from),
    findFindingRun(database, organization.key),
  ]);
  const { rules: counts, ...standing } = measured;
  const past = days
    .filter(({ day }) => day < today)
    .map(({ day, score, critical, warning, notice, accepted }) => ({
      day,
      score,
      open: critical + warning + notice,
      accepted,
    }));
  const open = standing.open.critical + standing.open.warning + standing.open.notice;
  const present =
    standing.score === null ? [] : [{ day: today, score: standing.score, open, accepted: standing.accepted }];
  const openOn = new Map(ruleDays.map((row) => [`${row.rule} ${row.day}`, row.open]));
  const rules = ruleIds.flatMap((rule) => {
    const current = counts.find((row) => row.rule === rule) ?? { rule, open: 0, accepted: 0 };
    const trend = [...past.map(({ day }) => openOn.get(`${rule} ${day}`) ?? 0), ...present.map(() => current.open)];
    return current.accepted > 0 || trend.some((count) => count > 0) ? { ...current, trend } : [];
  });
  const practices = [];
  for (const id of practiceIds) {
    const checked = checkedRules(id, policy);
    const departing = await countAccountsDeparting(database, organization.key, checked, at);
    practices.push({ id, rules: checked, following: standing.accounts - departing });
  }
  return { ...standing, practices, history: [...past, ...present], rules, judgedAt: run.judged_at };
}
