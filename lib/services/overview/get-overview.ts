import { auditEventOf, findAuditPage } from "@/lib/db/audit-queries";
import { findFindingRun } from "@/lib/db/finding-runs";
import { countByState, countUnfinished, findAttention, findExpiries } from "@/lib/db/overview";
import { countProjects } from "@/lib/db/projects";
import { MARKS_PER_MONTH } from "@/lib/domain/expiry-timeline";
import type { Overview } from "@/lib/domain/inventory-view";
import { type AuditQuery, auditQuerySchema } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";
import { loadInventoryState } from "@/lib/services/inventory/load-state";
import { measurePosture } from "@/lib/services/posture/note-posture";
import { toAccountRow } from "@/lib/services/service-accounts/account-row";

const ATTENTION_MAX = 12;
const DRIFT_DAYS = 7;
const DRIFT_SHOWN = 3;

/** What needs somebody today, and how the organization's credentials are spread over the next twelve months. */
export async function getOverview(context: OrganizationContext): Promise<Overview> {
  const { database, organization } = context;
  const { sync, now } = await loadInventoryState(context);
  const [states, projects, unfinished, attention, timeline, drift, posture, run] = await Promise.all([
    countByState(database, organization.key, now),
    countProjects(database, organization.key),
    countUnfinished(database, organization.key),
    findAttention(database, organization.key, now, ATTENTION_MAX),
    findExpiries(database, organization.key, comingYear(now), MARKS_PER_MONTH),
    findAuditPage(database, { organizationKey: organization.key, query: driftQuery(context.now()) }),
    measurePosture(database, organization.key, context.now()),
    findFindingRun(database, organization.key),
  ]);
  return {
    counts: { ...states, projects, unfinished },
    findings: { score: posture.score, ...posture.open, judgedAt: run.judged_at },
    attention: attention.map((row) => toAccountRow(row, organization)),
    timeline: timeline.flatMap(({ id, name, expires_at }) =>
      expires_at === null ? [] : [{ id, name, expiresAt: expires_at }],
    ),
    timelineCounts: Object.fromEntries(timeline.map(({ month, in_month }) => [month, in_month])),
    drift: { events: drift.total, latest: drift.rows.map(auditEventOf) },
    sync,
  };
}

function driftQuery(now: Date): AuditQuery {
  const from = new Date(now.getTime() - DRIFT_DAYS * 86_400_000).toISOString().slice(0, 10);
  return auditQuerySchema.parse({ outcome: "seen", from, size: DRIFT_SHOWN });
}

function comingYear(now: Date): { after: string; until: string } {
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + 1);
  return { after: now.toISOString(), until: until.toISOString() };
}
