import { findOperation, getStoredOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { OperationView } from "@/lib/domain/change";
import type { OrganizationContext } from "@/lib/services/context";
import { getOperation } from "./get-operation";
import { isLive } from "./live-runs";
import { reconcileByReading } from "./reconcile";
import { requireOperator } from "./require-operator";
import { sweepStale } from "./sweep-stale";

type Request = { context: OrganizationContext; operationId: string };

/** Settles one operation on an operator's request, by reading only. Throws UpstreamError when Mixpanel cannot be read. */
export async function reconcileOperation({ context, operationId }: Request): Promise<OperationView> {
  requireOperator(context, "operation:reconcile");
  const { database, organization } = context;
  const found = await findOperation(database, organization.key, operationId);
  if (!found) throw new AppError("not_found");
  await sweepStale(context, [found]);
  const operation = await getStoredOperation(database, organization.key, operationId);
  if (!isLive(operation.id)) await reconcileByReading(context, operation);
  return getOperation({ context, operationId });
}
