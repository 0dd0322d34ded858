import type { Transaction } from "@/lib/db/database";
import type { NewOperation } from "@/lib/db/operations";
import { deleteServiceAccount } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { removeAccountRows } from "@/lib/services/inventory/reread";
import { whileLive } from "@/lib/services/operations/live-runs";
import { prepareBatch } from "@/lib/services/operations/prepare-batch";
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
  const again = await prepareBatch({ context, actor, batchId: operation.batchId, changes: [operation] });
  await whileLive(again, async () => {
    for (const further of again) await deleteOnce(context, further);
  });
}

/** Answers whether the outcome was in doubt and a reading then showed the account still there. */
async function deleteOnce(context: OrganizationContext, operation: NewOperation): Promise<boolean> {
  const { accountId, organizationKey } = operation;
  if (accountId === null) return false;
  const write = (transaction: Transaction) => removeAccountRows(transaction, organizationKey, [accountId]);
  const end = await runOperation({
    context,
    operation,
    send: () => deleteServiceAccount(context.organization.upstream, accountId),
    succeed: () => ({ result: {}, write }),
    forgive: ({ code }) => (code === "upstream_not_found" ? { result: { alreadyAbsent: true }, write } : null),
  });
  if (end.state !== "unknown") return false;
  const settled = await settleDoubt(context, operation.id);
  return settled?.outcome === "did_not_happen";
}
