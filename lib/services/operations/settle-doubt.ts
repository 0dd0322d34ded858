import { getStoredOperation, type StoredOperation } from "@/lib/db/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { reconcileByReading } from "./reconcile";

/** Reads once what became of an operation whose answer was lost; what cannot be settled now stays unknown. */
export async function settleDoubt(context: OrganizationContext, operationId: string): Promise<StoredOperation> {
  const operation = await getStoredOperation(context.database, context.organization.key, operationId);
  try {
    return await reconcileByReading(context, operation);
  } catch (error) {
    context.logger.warn({ operationId, reference: context.reference, err: error }, "A change stays in doubt for now");
    return operation;
  }
}
