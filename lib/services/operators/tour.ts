import { findTour, storeTour } from "@/lib/db/operators";
import type { OperatorAnswer, TourState } from "@/lib/domain/tour";
import type { RequestContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";

/** Who is signed in, and where the walkthrough stands for them. */
export async function getOperator({ context }: { context: RequestContext }): Promise<OperatorAnswer> {
  const { operator } = requireOperator(context, "inventory:read");
  return { operator, tour: await findTour(context.database, operator.id) };
}

/** Remembers where the walkthrough stands, for the operator alone who says so. */
export async function saveTour({ context, input }: { context: RequestContext; input: TourState }): Promise<TourState> {
  const { operator } = requireOperator(context, "self:write");
  await storeTour(context.database, operator.id, input);
  return input;
}
