import { type Kysely, sql } from "kysely";
import type { FindingQuery } from "@/lib/domain/finding-view";
import { severityRank } from "@/lib/domain/severity";
import { contains } from "./like";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
/** `search` is folded as `search_text` is. */
export type FindingFilter = Omit<FindingQuery, "page" | "size">;
const OWNERS_MAX = 100;

/** Findings of accounts that are there, with the acceptance that counts at the instant `at`, and the owner. */
function judged(handle: Handle, key: string, at: string) {
  return handle
    .selectFrom("findings")
    .innerJoin("service_accounts", (join) =>
      join
        .onRef("service_accounts.organization_key", "=", "findings.organization_key")
        .onRef("service_accounts.id", "=", "findings.account_id"),
    )
    .leftJoin("annotations", (join) =>
      join
        .onRef("annotations.organization_key", "=", "findings.organization_key")
        .onRef("annotations.account_id", "=", "findings.account_id"),
    )
    .leftJoin("finding_acceptances as acceptance", (join) =>
      join
        .onRef("acceptance.organization_key", "=", "findings.organization_key")
        .onRef("acceptance.account_id", "=", "findings.account_id")
        .onRef("acceptance.rule", "=", "findings.rule")
        .onRef("acceptance.severity_rank", ">=", "findings.severity_rank")
        .on("acceptance.until", ">", at),
    )
    .where("findings.organization_key", "=", key);
}

function filtered(handle: Handle, key: string, filter: FindingFilter, at: string) {
  const { search, severity, rule, owner, unowned, account, state } = filter;
  let query = judged(handle, key, at).where("acceptance.until", state === "open" ? "is" : "is not", null);
  if (severity.length > 0) query = query.where("findings.severity_rank", "in", severity.map(severityRank));
  if (rule.length > 0) query = query.where("findings.rule", "in", rule);
  if (owner) query = query.where("annotations.owner", "=", owner);
  if (unowned) query = query.where("annotations.owner", "is", null);
  if (account !== undefined) query = query.where("findings.account_id", "=", account);
  if (search) {
    query = query.where((row) =>
      row.or([
        contains(row.ref("service_accounts.search_text"), search),
        contains(sql<string>`lower(coalesce(annotations.owner, ''))`, search),
      ]),
    );
  }
  return query;
}

const ownerOrder = [sql`annotations.owner is null`, sql`lower(annotations.owner)`, sql`annotations.owner`];

/** One page of what passes the filter: by group, the gravest first, then by name. */
export async function findFindingPage(
  handle: Handle,
  key: string,
  filter: FindingFilter,
  { at, limit, offset }: { at: string; limit: number; offset: number },
) {
  let query = filtered(handle, key, filter, at).select([
    "findings.account_id",
    "service_accounts.name",
    "service_accounts.username",
    "annotations.owner",
    "findings.rule",
    "findings.severity_rank",
    "findings.sentence",
    "findings.fix",
    "findings.since",
    "acceptance.reason",
    "acceptance.accepted_by_name",
    "acceptance.accepted_at",
    "acceptance.until",
  ]);
  if (filter.group === "owner") for (const order of ownerOrder) query = query.orderBy(order);
  return query
    .orderBy("findings.severity_rank", "desc")
    .orderBy(sql`lower(service_accounts.name)`)
    .orderBy("findings.account_id")
    .orderBy("findings.rule")
    .limit(limit)
    .offset(offset)
    .execute();
}
export type FoundFinding = Awaited<ReturnType<typeof findFindingPage>>[number];

export async function countFindings(handle: Handle, key: string, filter: FindingFilter, at: string): Promise<number> {
  const query = filtered(handle, key, filter, at).select((row) => row.fn.countAll<number>().as("count"));
  return (await query.executeTakeFirstOrThrow()).count;
}

/** How many are open and how many accepted, by rule and severity. */
export async function countByRule(handle: Handle, key: string, at: string) {
  return judged(handle, key, at)
    .groupBy(["findings.rule", "findings.severity_rank"])
    .select((row) => [
      "findings.rule",
      "findings.severity_rank",
      row.fn.countAll<number>().filterWhere("acceptance.until", "is", null).as("open"),
      row.fn.countAll<number>().filterWhere("acceptance.until", "is not", null).as("accepted"),
    ])
    .execute();
}

/** Who owns the accounts with open findings, the most first. */
export async function countByOwner(handle: Handle, key: string, at: string) {
  return judged(handle, key, at)
    .where("acceptance.until", "is", null)
    .groupBy("annotations.owner")
    .select((row) => ["annotations.owner", row.fn.countAll<number>().as("open")])
    .orderBy("open", "desc")
    .orderBy("annotations.owner")
    .limit(OWNERS_MAX)
    .execute();
}

/** How many accounts have this as their gravest open finding. */
export async function countByGravest(handle: Handle, key: string, at: string): Promise<Map<number, number>> {
  const gravest = judged(handle, key, at)
    .where("acceptance.until", "is", null)
    .groupBy("findings.account_id")
    .select((row) => row.fn.max<number>("findings.severity_rank").as("rank"));
  const rows = await handle
    .selectFrom(gravest.as("gravest"))
    .groupBy("rank")
    .select((row) => ["rank", row.fn.countAll<number>().as("accounts")])
    .execute();
  return new Map(rows.map(({ rank, accounts }) => [rank, accounts]));
}

/** How many accounts have an open finding by any of these rules. */
export async function countAccountsDeparting(
  handle: Handle,
  key: string,
  rules: readonly string[],
  at: string,
): Promise<number> {
  if (rules.length === 0) return 0;
  const query = judged(handle, key, at)
    .where("acceptance.until", "is", null)
    .where("findings.rule", "in", [...rules])
    .select(sql<number>`count(distinct findings.account_id)`.as("accounts"));
  return (await query.executeTakeFirstOrThrow()).accounts;
}
