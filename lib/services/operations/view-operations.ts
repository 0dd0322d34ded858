import { loadAccounts } from "@/lib/db/inventory";
import type { StoredOperation } from "@/lib/db/operations";
import { listOpenableSecrets } from "@/lib/db/sealed-secrets";
import type { OperationView } from "@/lib/domain/change";
import type { OrganizationContext } from "@/lib/services/context";
import { viewOperation } from "./operation-view";

/** Operations as the asking operator sees them, with what is stored beside them read once for all. */
export async function viewOperations(
  context: OrganizationContext,
  operations: readonly StoredOperation[],
): Promise<OperationView[]> {
  const { database, organization } = context;
  const sealed = await listOpenableSecrets(database, organization.key, context.now().toISOString());
  const until = new Map(sealed.map((row) => [row.operation_id, row.expires_at]));
  const ids = operations.flatMap(({ accountId }) => (accountId === null ? [] : [accountId]));
  const accounts = await loadAccounts(database, organization.key, [...new Set(ids)]);
  const existing = new Set(accounts.map((account) => account.id));
  return operations.map((operation) =>
    viewOperation(context, operation, {
      secretUntil: until.get(operation.id) ?? null,
      accountExists: operation.accountId !== null && existing.has(operation.accountId),
    }),
  );
}
