import { inTransaction } from "@/lib/db/in-transaction";
import { moveOperation, type StoredOperation } from "@/lib/db/operations";
import { recordEvents } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { isStale } from "./live-runs";
import { operationEvent } from "./operation-event";

/** Where an operation goes whose process gives no sign any more, and what is told of it. */
const abandoned = {
  prepared: {
    to: "failed",
    code: "given_up",
    reason: "Nothing was seen for a minute of the console that was to send it: nothing was changed.",
  },
  sent: {
    to: "unknown",
    code: "outcome_unknown",
    reason: "Mixpanel's answer was not recorded within a minute.",
  },
} as const;

/** Gives up operations that nobody carries out any more: never sent, hence failed; or sent, hence unknown. Tells whether there were any. */
export async function sweepStale(
  context: OrganizationContext,
  operations: readonly StoredOperation[],
): Promise<boolean> {
  let swept = false;
  for (const operation of operations) {
    const { state } = operation;
    if (state !== "prepared" && state !== "sent") continue;
    if (!isStale(operation, context.now())) continue;
    swept = (await giveUp(context, operation, state)) || swept;
  }
  return swept;
}

function giveUp(
  context: OrganizationContext,
  operation: StoredOperation,
  state: keyof typeof abandoned,
): Promise<boolean> {
  const { to, code, reason } = abandoned[state];
  const patch = { errorCode: code, errorReason: reason, finishedAt: context.now().toISOString() };
  return inTransaction(context.database, async (transaction) => {
    if (!(await moveOperation(transaction, operation.id, state, to, patch))) return false;
    const detail = { reason, operator: operation.actorName };
    await recordEvents(transaction, [operationEvent(context, operation, to, { detail })]);
    return true;
  });
}
