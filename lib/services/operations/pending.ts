import { listOperationsInState } from "@/lib/db/operations";
import type { PendingOperation } from "@/lib/domain/inventory-view";
import type { OrganizationContext } from "@/lib/services/context";
import { accountsOf } from "./accounts-of";

/** What is under way or in doubt for an account, whoever started it. */
export async function listPendingOperations({
  context,
  accountId,
}: {
  context: Pick<OrganizationContext, "database" | "organization">;
  accountId: number;
}): Promise<PendingOperation[]> {
  const open = await listOperationsInState(context.database, context.organization.key, ["prepared", "sent", "unknown"]);
  return open
    .filter((operation) => accountsOf(operation).some(({ id }) => id === accountId))
    .map(({ id, kind, state, actorName, preparedAt }) => ({ id, kind, state, actorName, at: preparedAt }));
}
