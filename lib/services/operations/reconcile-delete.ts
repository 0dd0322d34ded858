import type { StoredOperation } from "@/lib/db/operations";
import { getServiceAccount } from "@/lib/mixpanel/operations";
import { UpstreamError } from "@/lib/mixpanel/upstream-error";
import type { OrganizationContext } from "@/lib/services/context";
import { removeAccountRows } from "@/lib/services/inventory/reread";
import { accountIdOf } from "./accounts-of";
import type { Conclusion } from "./conclusion";

/** Asks for the account: gone means deleted. */
export async function readDeletion(context: OrganizationContext, operation: StoredOperation): Promise<Conclusion> {
  const accountId = accountIdOf(operation);
  try {
    await getServiceAccount(context.organization.upstream, accountId);
    return { found: "did_not_happen" };
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.code !== "upstream_not_found") throw error;
    return {
      found: "happened",
      write: (transaction) => removeAccountRows(transaction, context.organization.key, [accountId]),
    };
  }
}
