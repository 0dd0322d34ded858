import { sql } from "kysely";
import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required } from "./columns";

/** Operators, their sessions, the leases of jobs, and the check that the sealing key is the right one. */
export async function createSignIn({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("operators")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("issuer", text, required)
    .addColumn("subject", text, required)
    .addColumn("name", text, required)
    .addColumn("email", text)
    .addColumn("role", text, required)
    .addColumn("last_sign_in_at", text, required)
    .addColumn("tour", text, required)
    .addUniqueConstraint("operators_identity", ["issuer", "subject"])
    .execute();
  await schema
    .createTable("sessions")
    .addColumn("id_hash", text, (column) => column.primaryKey())
    .addColumn("operator_id", text, (column) => column.notNull().references("operators.id"))
    .addColumn("role", text, required)
    .addColumn("created_at", text, required)
    .addColumn("seen_at", text, required)
    .addColumn("authenticated_at", text, required)
    .addColumn("groups_checked_at", text, required)
    .addColumn("sealed_refresh_token", text)
    .addColumn("ended_at", text)
    .addColumn("ended_reason", text)
    .addColumn("address", text)
    .execute();
  await schema
    .createTable("leases")
    .addColumn("name", text, (column) => column.primaryKey())
    .addColumn("holder", text, required)
    .addColumn("token", integer, required)
    .addColumn("expires_at", text, required)
    .execute();
  await schema
    .createTable("key_check")
    .addColumn("id", integer, (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn("key_id", text, required)
    .addColumn("sealed", text, required)
    .addColumn("created_at", text, required)
    .execute();
  await schema.createIndex("sessions_by_operator").on("sessions").columns(["operator_id", "ended_at"]).execute();
  await schema.createIndex("sessions_by_age").on("sessions").columns(["seen_at"]).execute();
}
