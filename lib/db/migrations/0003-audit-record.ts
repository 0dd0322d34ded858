import { sql } from "kysely";
import type { DialectName, Transaction } from "@/lib/db/database";
import { protectAuditRecordOnPostgresql, protectAuditRecordOnSqlite } from "./audit-triggers";
import { columnTypes, required } from "./columns";

/** The chain starts from a hash of zeros; the head row exists before the triggers watch it. */
export async function createAuditRecord(transaction: Transaction, dialect: DialectName): Promise<void> {
  const { schema } = transaction;
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("audit_events")
    .addColumn("sequence", integer, (column) => column.primaryKey())
    .addColumn("id", text, (column) => column.notNull().unique())
    .addColumn("at", text, required)
    .addColumn("organization_key", text)
    .addColumn("actor_id", text, required)
    .addColumn("actor_name", text, required)
    .addColumn("actor_role", text, required)
    .addColumn("address", text)
    .addColumn("action", text, required)
    .addColumn("target_kind", text, required)
    .addColumn("target_id", text)
    .addColumn("target_name", text)
    .addColumn("outcome", text, required)
    .addColumn("operation_id", text)
    .addColumn("upstream_reference", text)
    .addColumn("detail", text, required)
    .addColumn("previous_hash", text, required)
    .addColumn("hash", text, required)
    .execute();
  await schema
    .createTable("audit_head")
    .addColumn("id", integer, (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn("sequence", integer, required)
    .addColumn("hash", text, required)
    .execute();
  await transaction
    .insertInto("audit_head")
    .values({ id: 1, sequence: 0, hash: "0".repeat(64) })
    .execute();
  const indexes = {
    audit_events_by_time: ["organization_key", "at"],
    audit_events_by_operation: ["operation_id"],
    audit_events_by_target: ["organization_key", "target_kind", "target_id"],
    audit_events_by_actor: ["actor_id", "at"],
  };
  for (const [name, columns] of Object.entries(indexes)) {
    await schema.createIndex(name).on("audit_events").columns(columns).execute();
  }
  await (dialect === "postgresql" ? protectAuditRecordOnPostgresql : protectAuditRecordOnSqlite)(transaction);
}
