import { sql } from "kysely";
import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required } from "./columns";

/** Rotations of service accounts, and campaigns of many. */
export async function createRotations({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("rotations")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("campaign_id", text)
    .addColumn("kind", text, required)
    .addColumn("step", text, required)
    .addColumn("predecessor_id", integer, required)
    .addColumn("predecessor_username", text, required)
    .addColumn("predecessor_expires_at", text)
    .addColumn("replacement_name", text, required)
    .addColumn("replacement_id", integer)
    .addColumn("replacement_username", text)
    .addColumn("plan", text, required)
    .addColumn("issue_batch_id", text)
    .addColumn("discard_batch_id", text)
    .addColumn("delete_batch_id", text)
    .addColumn("issued_by", text)
    .addColumn("issued_at", text)
    .addColumn("hand_over_due", text, required)
    .addColumn("handed_over_by", text)
    .addColumn("handed_over_at", text)
    .addColumn("own_use_until", text)
    .addColumn("proven_at", text)
    .addColumn("proven_how", text)
    .addColumn("replacement_used_at", text)
    .addColumn("predecessor_used_at", text)
    .addColumn("overlap_until", text)
    .addColumn("quarantined_at", text)
    .addColumn("removed_memberships", text)
    .addColumn("restored_at", text)
    .addColumn("evidence", text)
    .addColumn("started_by", text, required)
    .addColumn("started_at", text, required)
    .addColumn("ended_by", text)
    .addColumn("ended_at", text)
    .addColumn("outcome", text)
    .execute();
  await schema
    .createIndex("rotations_open")
    .unique()
    .on("rotations")
    .columns(["organization_key", "predecessor_id"])
    .where(sql.ref("ended_at"), "is", null)
    .execute();
  await schema
    .createIndex("rotations_by_start")
    .on("rotations")
    .columns(["organization_key", "ended_at", "started_at"])
    .execute();
  await schema
    .createTable("rotation_campaigns")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("name", text, required)
    .addColumn("chosen_by", text, required)
    .addColumn("due_at", text, required)
    .addColumn("members", text, required)
    .addColumn("started_by", text, required)
    .addColumn("started_at", text, required)
    .addColumn("ended_by", text)
    .addColumn("ended_at", text)
    .execute();
}
