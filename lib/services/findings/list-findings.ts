import {
  countByOwner,
  countFindings,
  type FindingFilter,
  type FoundFinding,
  findFindingPage,
} from "@/lib/db/finding-queries";
import { findFindingRun } from "@/lib/db/finding-runs";
import { fixKindSchema } from "@/lib/domain/finding";
import type { FindingPage, FindingQuery, FindingRow } from "@/lib/domain/finding-view";
import { ruleIdSchema } from "@/lib/domain/policy";
import { severityOfRank } from "@/lib/domain/severity";
import type { OrganizationContext } from "@/lib/services/context";
import { foldForSearch } from "@/lib/services/inventory/stored-form";
import { measurePosture } from "@/lib/services/posture/note-posture";

type Reading = Pick<OrganizationContext, "database" | "organization" | "now">;

/** One page of what departs from the policy, by severity or by owner. A page beyond the last has no rows. */
export async function listFindings(context: Reading, query: FindingQuery): Promise<FindingPage> {
  const { database, organization, now } = context;
  const at = now().toISOString();
  const filter = foldFilter(query);
  const page = { at, limit: query.size, offset: (query.page - 1) * query.size };
  const [rows, total, posture, owners, run] = await Promise.all([
    findFindingPage(database, organization.key, filter, page),
    countFindings(database, organization.key, filter, at),
    measurePosture(database, organization.key, now()),
    countByOwner(database, organization.key, at),
    findFindingRun(database, organization.key),
  ]);
  return {
    rows: rows.map((row) => toFindingRow(row, organization.credentialUsername)),
    total,
    open: posture.open,
    accepted: posture.accepted,
    rules: posture.rules,
    owners,
    judgedAt: run.judged_at,
  };
}

export function foldFilter(query: FindingQuery): FindingFilter {
  return { ...query, search: foldForSearch(query.search) };
}

export function toFindingRow(row: FoundFinding, credentialUsername: string): FindingRow {
  const { reason, accepted_by_name, accepted_at, until } = row;
  const accepted = reason !== null && accepted_by_name !== null && accepted_at !== null && until !== null;
  return {
    accountId: row.account_id,
    accountName: row.name,
    own: row.username === credentialUsername,
    owner: row.owner,
    rule: ruleIdSchema.parse(row.rule),
    severity: severityOfRank(row.severity_rank),
    sentence: row.sentence,
    fix: fixKindSchema.parse(row.fix),
    since: row.since,
    acceptance: accepted ? { reason, byName: accepted_by_name, at: accepted_at, until } : null,
  };
}
