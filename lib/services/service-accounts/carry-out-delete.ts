import type { Transaction } from "@/lib/db/database";
import type { NewOperation } from "@/lib/db/operations";
import { deleteServiceAccount } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { removeAccountRows } from "@/lib/services/inventory/reread";
import { accountIdOf } from "@/lib/services/operations/accounts-of";
import { whileLive } from "@/lib/services/operations/live-runs";
import { newOperation, prepareOperations } from "@/lib/services/operations/prepare-operations";
import type { OperatorActor } from "@/lib/services/operations/require-operator";
import { runOperation } from "@/lib/services/operations/run-operation";
import { settleDoubt } from "@/lib/services/operations/settle-doubt";

/**
 * Deletes one account. Absent already counts as done. If the answer is lost a reading decides, and where it shows the
 * account still there, one further operation tries again.
 */
export async function carryOutDelete(
  context: OrganizationContext,
  actor: OperatorActor,
  operation: NewOperation,
): Promise<void> {
  const isStillThere = await deleteOnce(context, operation);
  if (!isStillThere) return;
  const again = newOperation(context, actor, operation.batchId, operation);
  await whileLive([again], async () => {
    await prepareOperations({ context, operations: [again] });
    await deleteOnce(context, again);
  });
}

/** Answers whether the outcome was in doubt and a reading then showed the account still there. */
async function deleteOnce(context: OrganizationContext, operation: NewOperation): Promise<boolean> {
  const { organizationKey } = operation;
  const accountId = accountIdOf(operation);
  const write = (transaction: Transaction) => removeAccountRows(transaction, organizationKey, [accountId]);
  const end = await runOperation({
    context,
    operation,
    send: (upstream) => deleteServiceAccount(upstream, accountId),
    succeed: () => ({ result: {}, write }),
    forgive: ({ code }) => (code === "upstream_not_found" ? { result: { alreadyAbsent: true }, write } : null),
  });
  if (end.state !== "unknown") return false;
  return (await settleDoubt(context, operation.id)).outcome === "did_not_happen";
}
