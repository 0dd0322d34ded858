import { sql } from "kysely";
import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required } from "./columns";

/** What Keywarden knows of accounts beside Mixpanel, on which days they were used, and what is asked of them. */
export async function createCredentialLife(transaction: Transaction, dialect: DialectName): Promise<void> {
  const { schema } = transaction;
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("annotations")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("account_id", integer, required)
    .addColumn("owner", text)
    .addColumn("owner_kind", text, (column) => column.notNull().defaultTo("person"))
    .addColumn("contact", text)
    .addColumn("purpose", text)
    .addColumn("ticket", text)
    .addColumn("tags", text, (column) => column.notNull().defaultTo("[]"))
    .addColumn("lead_time_days", integer)
    .addColumn("time_zone", text)
    .addColumn("role_reason", text)
    .addColumn("never_reason", text)
    .addColumn("notes", text)
    .addColumn("updated_by", text, required)
    .addColumn("updated_at", text, required)
    .addPrimaryKeyConstraint("annotations_pk", ["organization_key", "account_id"])
    .execute();
  await schema
    .createTable("usage_histories")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("account_id", integer, required)
    .addColumn("since_day", integer, required)
    .addColumn("last_day", integer, required)
    .addColumn("days", text, required)
    .addPrimaryKeyConstraint("usage_histories_pk", ["organization_key", "account_id"])
    .execute();
  await schema
    .createTable("policies")
    .addColumn("organization_key", text, (column) => column.primaryKey().references("organizations.key"))
    .addColumn("policy", text, required)
    .addColumn("version", integer, required)
    .addColumn("updated_by", text, required)
    .addColumn("updated_at", text, required)
    .execute();
  await movePurposes(transaction);
}

/** A purpose given at creation is an annotation like any other. */
async function movePurposes(transaction: Transaction): Promise<void> {
  await sql`insert into annotations (organization_key, account_id, purpose, updated_by, updated_at)
    select organization_key, id, purpose, 'Keywarden', first_seen_at from service_accounts where purpose is not null`.execute(
    transaction,
  );
  await transaction.schema.alterTable("service_accounts").dropColumn("purpose").execute();
}
