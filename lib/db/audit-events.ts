import type { AuditEntry } from "@/lib/domain/audit-event";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { type AuditRow, hashOfRow } from "./audit-chain";
import { type Database, dialectOf, type Transaction } from "./database";
import { storableText } from "./storable-text";

export type NewAuditEvent = AuditEntry & { id: string };

/** Adds events to the end of the chain, in order, within the caller's transaction; others wait until it ends. */
export async function appendAuditEvents(
  transaction: Transaction,
  events: readonly NewAuditEvent[],
): Promise<AuditRow[]> {
  let head = await lockAuditHead(transaction);
  const rows: AuditRow[] = [];
  for (const event of events) {
    const columns = { ...columnsOf(event), sequence: head.sequence + 1, previous_hash: head.hash };
    const row = { ...columns, hash: hashOfRow(columns) };
    await transaction.insertInto("audit_events").values(row).execute();
    head = { sequence: row.sequence, hash: row.hash };
    await transaction.updateTable("audit_head").set(head).where("id", "=", 1).execute();
    rows.push(row);
  }
  return rows;
}

/** SQLite's transactions write alone from their beginning; PostgreSQL needs the row's lock. */
function lockAuditHead(transaction: Transaction): Promise<{ sequence: number; hash: string }> {
  const query = transaction.selectFrom("audit_head").select(["sequence", "hash"]).where("id", "=", 1);
  return (dialectOf(transaction) === "postgresql" ? query.forUpdate() : query).executeTakeFirstOrThrow();
}

export function readAuditHead(database: Database): Promise<{ sequence: number; hash: string } | undefined> {
  return database.selectFrom("audit_head").select(["sequence", "hash"]).where("id", "=", 1).executeTakeFirst();
}

/** The number of the newest event; 0 before the first. */
export async function lastAuditSequence(database: Database): Promise<number> {
  const row = await database
    .selectFrom("audit_events")
    .select("sequence")
    .orderBy("sequence", "desc")
    .executeTakeFirst();
  return row ? row.sequence : 0;
}

/** Rows after a sequence number, oldest first. */
export function readAuditRows(database: Database, after: number, limit: number): Promise<AuditRow[]> {
  return database
    .selectFrom("audit_events")
    .selectAll()
    .where("sequence", ">", after)
    .orderBy("sequence")
    .limit(limit)
    .execute();
}

function columnsOf(event: NewAuditEvent): Omit<AuditRow, "sequence" | "previous_hash" | "hash"> {
  return {
    id: event.id,
    at: event.at,
    organization_key: event.organizationKey,
    actor_id: storableText(event.actorId),
    actor_name: storableText(event.actorName),
    actor_role: event.actorRole,
    address: storableText(event.address),
    action: event.action,
    target_kind: event.targetKind,
    target_id: storableText(event.targetId),
    target_name: storableText(event.targetName),
    outcome: event.outcome,
    operation_id: event.operationId,
    upstream_reference: storableText(event.upstreamReference),
    detail: canonicalJson(event.detail),
  };
}
