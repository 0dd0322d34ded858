import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required, zero } from "./columns";

/**
 * The stored picture of each organization. Memberships carry no foreign key to accounts: a project's list may name an
 * account before the account list has been read.
 */
export async function createInventory({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("organizations")
    .addColumn("key", text, (column) => column.primaryKey())
    .addColumn("mixpanel_id", integer, required)
    .addColumn("name", text, required)
    .addColumn("region", text, required)
    .addColumn("credential_username", text, required)
    .addColumn("credential_role", text)
    .addColumn("synced_at", text)
    .addColumn("sync_attempted_at", text)
    .addColumn("sync_running", integer, zero)
    .addColumn("sync_projects_done", integer, zero)
    .addColumn("sync_projects_total", integer, zero)
    .addColumn("sync_problem_code", text)
    .addColumn("sync_problem_reason", text)
    .addColumn("sync_doubt", text)
    .addColumn("sync_retry_at", text)
    .addColumn("reading_ticket", integer, zero)
    .addColumn("clock_skew_ms", integer)
    .execute();
  await schema
    .createTable("projects")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("id", integer, required)
    .addColumn("name", text, required)
    .addColumn("region", text, required)
    .addColumn("timezone", text)
    .addColumn("member_count", integer, zero)
    .addColumn("organization_grant_count", integer, zero)
    .addColumn("synced_at", text)
    .addColumn("problem", text)
    .addPrimaryKeyConstraint("projects_pk", ["organization_key", "id"])
    .execute();
  await schema
    .createTable("service_accounts")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("id", integer, required)
    .addColumn("username", text, required)
    .addColumn("name", text, required)
    .addColumn("search_text", text, required)
    .addColumn("creator_id", integer)
    .addColumn("creator_name", text)
    .addColumn("creator_email", text)
    .addColumn("created_at", text)
    .addColumn("expires_at", text)
    .addColumn("last_used_at", text)
    .addColumn("highest_role", text)
    .addColumn("highest_role_rank", integer, (column) => column.notNull().defaultTo(-1))
    .addColumn("highest_grant", text)
    .addColumn("project_count", integer, zero)
    .addColumn("organization_role", text)
    .addColumn("purpose", text)
    .addColumn("first_seen_at", text, required)
    .addPrimaryKeyConstraint("service_accounts_pk", ["organization_key", "id"])
    .execute();
  await schema
    .createTable("memberships")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("project_id", integer, required)
    .addColumn("account_id", integer, required)
    .addColumn("grant_type", text, required)
    .addColumn("role", text, required)
    .addColumn("role_rank", integer, required)
    .addColumn("sensitive_access", integer)
    .addPrimaryKeyConstraint("memberships_pk", ["organization_key", "project_id", "account_id", "grant_type", "role"])
    .execute();
  await schema
    .createTable("inventory_touches")
    .addColumn("organization_key", text, (column) => column.notNull().references("organizations.key"))
    .addColumn("kind", text, required)
    .addColumn("target_id", integer, required)
    .addColumn("ticket", integer, required)
    .addPrimaryKeyConstraint("inventory_touches_pk", ["organization_key", "kind", "target_id"])
    .execute();
  await createIndexes({ schema });
}

const accountSortColumns = [
  "name",
  "username",
  "expires_at",
  "last_used_at",
  "highest_role_rank",
  "project_count",
  "created_at",
  "creator_name",
] as const;

async function createIndexes({ schema }: Pick<Transaction, "schema">): Promise<void> {
  for (const column of accountSortColumns) {
    await schema
      .createIndex(`service_accounts_by_${column}`)
      .on("service_accounts")
      .columns(["organization_key", column, "id"])
      .execute();
  }
  await schema
    .createIndex("memberships_by_account")
    .on("memberships")
    .columns(["organization_key", "account_id", "project_id"])
    .execute();
  await schema.createIndex("projects_by_name").on("projects").columns(["organization_key", "name", "id"]).execute();
}
