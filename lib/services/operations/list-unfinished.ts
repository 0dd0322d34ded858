import { listFinishedOperations, listOperationsInState } from "@/lib/db/operations";
import { needsSomebody, type OperationView } from "@/lib/domain/change";
import { isFinished } from "@/lib/domain/operation";
import type { OrganizationContext } from "@/lib/services/context";
import { viewOperations } from "./view-operations";

const FINISHED_SHOWN = 50;

/** Operations that are not through, then those that still need somebody, then the latest others; newest first in each. */
export async function listUnfinished({
  context,
}: {
  context: OrganizationContext;
}): Promise<{ operations: OperationView[] }> {
  const { database, organization } = context;
  const open = await listOperationsInState(database, organization.key, ["prepared", "sent", "unknown"]);
  const finished = await listFinishedOperations(database, organization.key, FINISHED_SHOWN);
  const operations = await viewOperations(context, [...open, ...finished]);
  return { operations: operations.toSorted((left, right) => urgency(left) - urgency(right)) };
}

function urgency(operation: OperationView): number {
  if (!isFinished(operation.state)) return 0;
  return needsSomebody(operation) ? 1 : 2;
}
