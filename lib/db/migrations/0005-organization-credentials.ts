import { sql } from "kysely";
import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required } from "./columns";

/** Credentials that administrators gave on the settings page, and the rotations of them. */
export async function createOrganizationCredentials({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("organization_credentials")
    .addColumn("organization_key", text, (column) => column.primaryKey().references("organizations.key"))
    .addColumn("credential_id", text, (column) => column.notNull().unique())
    .addColumn("mixpanel_id", integer, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("username", text, required)
    .addColumn("sealed", text, required)
    .addColumn("key_id", text, required)
    .addColumn("added_by", text, required)
    .addColumn("added_at", text, required)
    .addColumn("replaced_by", text)
    .addColumn("replaced_at", text)
    .execute();
  await schema
    .createTable("credential_rotations")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("organization_key", text, required)
    .addColumn("step", text, required)
    .addColumn("role", text, required)
    .addColumn("expires_at", text, required)
    .addColumn("predecessor_username", text, required)
    .addColumn("predecessor_account_id", integer)
    .addColumn("replacement_credential_id", text, (column) => column.notNull().unique())
    .addColumn("replacement_username", text)
    .addColumn("replacement_account_id", integer)
    .addColumn("sealed", text)
    .addColumn("key_id", text)
    .addColumn("issue_batch_id", text)
    .addColumn("delete_batch_id", text)
    .addColumn("started_by", text, required)
    .addColumn("started_at", text, required)
    .addColumn("switched_at", text)
    .addColumn("ended_at", text)
    .addColumn("outcome", text)
    .execute();
  await schema
    .createIndex("credential_rotations_open")
    .unique()
    .on("credential_rotations")
    .columns(["organization_key"])
    .where(sql.ref("ended_at"), "is", null)
    .execute();
}
