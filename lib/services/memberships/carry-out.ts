import { inTransaction } from "@/lib/db/in-transaction";
import { type NewOperation, noteOperationResult } from "@/lib/db/operations";
import { type AccountOutcome, membershipInputSchema } from "@/lib/domain/operation-detail";
import type { Answer } from "@/lib/mixpanel/client";
import { recordEvents } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { operationEvent } from "@/lib/services/operations/operation-event";
import { runOperation } from "@/lib/services/operations/run-operation";
import { settleDoubt } from "@/lib/services/operations/settle-doubt";
import { readMembershipTruth } from "./membership-truth";

/** Sends one membership change, then reads its project again, so that what is told is what Mixpanel shows. */
export async function carryOutMembershipChange(
  context: OrganizationContext,
  operation: NewOperation,
  send: () => Promise<Answer<null>>,
): Promise<void> {
  const end = await runOperation({
    context,
    operation,
    send,
    succeed: () => ({ result: { accounts: asTold(operation), verified: false } }),
  });
  if (end.state === "unknown") await settleDoubt(context, operation.id);
  if (end.state === "succeeded") await verify(context, operation);
  await context.crashPoint?.("after_reread");
}

/** What Mixpanel's "ok" claims, until it is read back. */
function asTold({ input }: NewOperation): AccountOutcome[] {
  const { accounts, role } = membershipInputSchema.parse(input);
  return accounts.map(({ id }) => ({ id, outcome: "done", role, message: null }));
}

async function verify(context: OrganizationContext, operation: NewOperation): Promise<void> {
  try {
    const accounts = await readMembershipTruth(context, operation);
    const missing = accounts.filter((account) => account.outcome === "failed");
    await inTransaction(context.database, async (transaction) => {
      await noteOperationResult(transaction, operation.id, "succeeded", { accounts, verified: true });
      if (missing.length === 0) return;
      const detail = { found: "partly", kind: operation.kind, accounts: missing };
      await recordEvents(transaction, [
        operationEvent(context, operation, "failed", { action: "operation.reconcile", detail }),
      ]);
    });
  } catch (error) {
    const message = "Mixpanel accepted the change; reading it back failed. The next sync shows it.";
    const accounts = asTold(operation).map((account) => ({ ...account, message }));
    context.logger.warn({ operationId: operation.id, reference: context.reference, err: error }, message);
    await noteOperationResult(context.database, operation.id, "succeeded", { accounts, verified: false });
  }
}
