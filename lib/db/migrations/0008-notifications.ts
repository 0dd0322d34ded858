import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required, zero } from "./columns";

/** Where warnings go, which were told, and what is on its way. */
export async function createNotifications({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("notification_channels")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("organization_key", text, required)
    .addColumn("kind", text, required)
    .addColumn("settings", text, required)
    .addColumn("mail", text)
    .addColumn("host", text)
    .addColumn("sealed", text)
    .addColumn("key_id", text)
    .addColumn("version", integer, required)
    .addColumn("failing_since", text)
    .addColumn("last_delivered_at", text)
    .addColumn("created_by", text, required)
    .addColumn("created_at", text, required)
    .addColumn("updated_by", text, required)
    .addColumn("updated_at", text, required)
    .execute();
  await schema
    .createTable("warning_marks")
    .addColumn("channel_id", text, (column) =>
      column.notNull().references("notification_channels.id").onDelete("cascade"),
    )
    .addColumn("account_id", integer, required)
    .addColumn("expires_at", text, required)
    .addColumn("deadline", text, required)
    .addColumn("days", integer, required)
    .addColumn("state", text, required)
    .addColumn("notification_id", text)
    .addColumn("marked_at", text, required)
    .addPrimaryKeyConstraint("warning_marks_pk", ["channel_id", "account_id", "expires_at", "deadline", "days"])
    .execute();
  await schema
    .createTable("notifications")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("channel_id", text, (column) =>
      column.notNull().references("notification_channels.id").onDelete("cascade"),
    )
    .addColumn("organization_key", text, required)
    .addColumn("dedupe_key", text, (column) => column.notNull().unique())
    .addColumn("payload", text, required)
    .addColumn("summary", text, required)
    .addColumn("kind", text, required)
    .addColumn("recipient", text)
    .addColumn("state", text, required)
    .addColumn("attempts", integer, zero)
    .addColumn("attempt_token", integer)
    .addColumn("next_attempt_at", text)
    .addColumn("last_error", text)
    .addColumn("created_at", text, required)
    .addColumn("delivered_at", text)
    .execute();
  await schema
    .createIndex("notification_channels_of_organization")
    .on("notification_channels")
    .column("organization_key")
    .execute();
  await schema
    .createIndex("notifications_by_state")
    .on("notifications")
    .columns(["state", "next_attempt_at"])
    .execute();
  await schema
    .createIndex("notifications_of_channel")
    .on("notifications")
    .columns(["channel_id", "created_at"])
    .execute();
}
