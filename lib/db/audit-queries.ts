import { type ExpressionBuilder, sql } from "kysely";
import { type AuditEvent, auditEventSchema } from "@/lib/domain/audit-event";
import type { AuditQuery } from "@/lib/domain/list-query";
import type { AuditRow } from "./audit-chain";
import type { Database } from "./database";
import { storableText } from "./storable-text";
import type { Tables } from "./tables";

export type AuditFilter = { organizationKey: string; query: Omit<AuditQuery, "page" | "size"> };
const DAY_MS = 86_400_000;
const searched = [
  "actor_name",
  "action",
  "target_name",
  "target_id",
  "operation_id",
  "upstream_reference",
  "detail",
] as const;

/** One page, newest first. Events of no organization (sign-ins) belong to every organization's list. */
export async function findAuditPage(
  database: Database,
  { organizationKey, query }: { organizationKey: string; query: AuditQuery },
): Promise<{ rows: AuditRow[]; total: number }> {
  const matching = database.selectFrom("audit_events").where((where) => matches(where, { organizationKey, query }));
  const [rows, { total }] = await Promise.all([
    matching
      .selectAll()
      .orderBy("sequence", "desc")
      .limit(query.size)
      .offset((query.page - 1) * query.size)
      .execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("total")).executeTakeFirstOrThrow(),
  ]);
  return { rows, total };
}

/** Every matching row up to `last`, oldest first, read in chunks so that no export holds the whole record. */
export async function* iterateAuditRows(
  database: Database,
  { last, chunk = 500, ...filter }: AuditFilter & { last: number; chunk?: number },
): AsyncGenerator<AuditRow[]> {
  for (let after = 0; ; ) {
    const rows = await database
      .selectFrom("audit_events")
      .selectAll()
      .where((where) => matches(where, filter))
      .where("sequence", ">", after)
      .where("sequence", "<=", last)
      .orderBy("sequence")
      .limit(chunk)
      .execute();
    const newest = rows.at(-1);
    if (!newest) return;
    yield rows;
    after = newest.sequence;
  }
}

function matches(where: ExpressionBuilder<Tables, "audit_events">, filter: AuditFilter) {
  const { organizationKey, query } = filter;
  const [search, actor] = [storableText(query.search), storableText(query.actor ?? "")];
  const conditions = [
    where.or([where("organization_key", "=", organizationKey), where("organization_key", "is", null)]),
  ];
  if (query.action) conditions.push(where("action", "=", storableText(query.action)));
  if (query.outcome) conditions.push(where("outcome", "=", storableText(query.outcome)));
  if (actor) conditions.push(where.or([where("actor_id", "=", actor), where("actor_name", "=", actor)]));
  if (query.account) conditions.push(isAbout(where, organizationKey, query.account));
  if (query.from) conditions.push(where("at", ">=", `${query.from}T00:00:00.000Z`));
  if (query.to) conditions.push(where("at", "<", new Date(Date.parse(query.to) + DAY_MS).toISOString()));
  if (search) {
    const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(
      where.or(searched.map((column) => sql<boolean>`lower(${where.ref(column)}) like lower(${pattern}) escape '\\'`)),
    );
  }
  return where.and(conditions);
}

/** A created account has no id yet in its first event, so its operation leads there as well. */
function isAbout(where: ExpressionBuilder<Tables, "audit_events">, organizationKey: string, accountId: number) {
  const operations = where
    .selectFrom("operations")
    .select("operations.id")
    .where("operations.organization_key", "=", organizationKey)
    .where("operations.account_id", "=", accountId);
  return where.or([
    where.and([where("target_kind", "=", "service_account"), where("target_id", "=", String(accountId))]),
    where("operation_id", "in", operations),
  ]);
}

/** The event as the domain knows it. Throws a ZodError for a row that no version of Keywarden wrote. */
export function auditEventOf(row: AuditRow): AuditEvent {
  return auditEventSchema.parse({
    sequence: row.sequence,
    id: row.id,
    at: row.at,
    organizationKey: row.organization_key,
    actorId: row.actor_id,
    actorName: row.actor_name,
    actorRole: row.actor_role,
    address: row.address,
    action: row.action,
    targetKind: row.target_kind,
    targetId: row.target_id,
    targetName: row.target_name,
    outcome: row.outcome,
    operationId: row.operation_id,
    upstreamReference: row.upstream_reference,
    detail: JSON.parse(row.detail),
    previousHash: row.previous_hash,
    hash: row.hash,
  });
}

/** The newest changes that succeeded in one organization: what people and jobs did, no sign-ins, looks and exports. */
export function findRecentChanges(database: Database, organizationKey: string, limit: number): Promise<AuditRow[]> {
  return database
    .selectFrom("audit_events")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .where("outcome", "=", "succeeded")
    .where("action", "not in", [
      "secret.view",
      "secret.try",
      "audit.export",
      "channel.test",
      "feed.make",
      "feed.revoke",
    ])
    .orderBy("sequence", "desc")
    .limit(limit)
    .execute();
}
