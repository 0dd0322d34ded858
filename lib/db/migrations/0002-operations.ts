import type { DialectName, Transaction } from "@/lib/db/database";
import { columnTypes, required, zero } from "./columns";

/** Operations outlive the inventory they speak of, so they reference nothing in it. */
export async function createOperations({ schema }: Transaction, dialect: DialectName): Promise<void> {
  const { text, integer } = columnTypes(dialect);
  await schema
    .createTable("operations")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("batch_id", text, required)
    .addColumn("organization_key", text, required)
    .addColumn("kind", text, required)
    .addColumn("state", text, required)
    .addColumn("outcome", text)
    .addColumn("actor_id", text, required)
    .addColumn("actor_name", text, required)
    .addColumn("account_id", integer)
    .addColumn("account_name", text, required)
    .addColumn("project_id", integer)
    .addColumn("project_name", text)
    .addColumn("input", text, required)
    .addColumn("before_state", text, required)
    .addColumn("result", text)
    .addColumn("error_code", text)
    .addColumn("error_reason", text)
    .addColumn("upstream_status", integer)
    .addColumn("upstream_reference", text)
    .addColumn("prepared_at", text, required)
    .addColumn("sent_at", text)
    .addColumn("finished_at", text)
    .execute();
  await schema
    .createTable("idempotency_keys")
    .addColumn("operator_id", text, required)
    .addColumn("key", text, required)
    .addColumn("request_hash", text, required)
    .addColumn("batch_id", text, required)
    .addColumn("unsent", text, required)
    .addColumn("created_at", text, required)
    .addPrimaryKeyConstraint("idempotency_keys_pk", ["operator_id", "key"])
    .execute();
  await schema
    .createTable("sealed_secrets")
    .addColumn("operation_id", text, (column) => column.primaryKey().references("operations.id"))
    .addColumn("organization_key", text, required)
    .addColumn("operator_id", text, required)
    .addColumn("key_id", text, required)
    .addColumn("sealed", text, required)
    .addColumn("created_at", text, required)
    .addColumn("expires_at", text, required)
    .addColumn("views", integer, zero)
    .execute();
  const indexes = {
    operations_by_state: ["organization_key", "state", "prepared_at"],
    operations_by_account: ["organization_key", "account_id", "prepared_at"],
    operations_by_kind: ["organization_key", "kind", "prepared_at"],
    operations_by_batch: ["batch_id"],
  };
  for (const [name, columns] of Object.entries(indexes)) {
    await schema.createIndex(name).on("operations").columns(columns).execute();
  }
  await schema.createIndex("idempotency_keys_by_age").on("idempotency_keys").columns(["created_at"]).execute();
  await schema.createIndex("sealed_secrets_by_expiry").on("sealed_secrets").columns(["expires_at"]).execute();
}
