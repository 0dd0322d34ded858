import { findOperation } from "@/lib/db/operations";
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
  const find = () => findOperation(context.database, context.organization.key, operationId);
  let operation = await find();
  if (operation && (await sweepStale(context, [operation]))) operation = await find();
  if (!operation) throw new AppError("not_found");
  if (!isLive(operation.id)) await reconcileByReading(context, operation);
  return getOperation({ context, operationId });
}
