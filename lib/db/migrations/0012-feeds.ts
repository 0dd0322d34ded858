import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required } from "./columns";

/** Private addresses that calendars and readers fetch; the table holds a hash of each, which opens nothing. */
export async function createFeeds({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text } = columnTypes(dialect);
  await schema
    .createTable("feeds")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("token_hash", text, (column) => column.notNull().unique())
    .addColumn("operator_id", text, (column) => column.notNull().references("operators.id"))
    .addColumn("role", text, required)
    .addColumn("organization_key", text, required)
    .addColumn("kind", text, required)
    .addColumn("owner", text)
    .addColumn("created_at", text, required)
    .addColumn("last_read_at", text)
    .execute();
  await schema.createIndex("feeds_of_operator").on("feeds").column("operator_id").execute();
}
