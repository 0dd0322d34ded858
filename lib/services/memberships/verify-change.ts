import { inTransaction } from "@/lib/db/in-transaction";
import { type NewOperation, noteOperationResult } from "@/lib/db/operations";
import { type AccountOutcome, membershipInputSchema } from "@/lib/domain/operation-detail";
import { recordEvents } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { operationEvent } from "@/lib/services/operations/operation-event";
import { readMembershipTruth } from "./membership-truth";

/** What Mixpanel's "ok" claims, until it is read back. */
export function asTold({ input }: NewOperation): AccountOutcome[] {
  const { accounts, role } = membershipInputSchema.parse(input);
  return accounts.map(({ id }) => ({ id, outcome: "done", role, message: null }));
}

/** Reads the project of a change that Mixpanel accepted, and notes for each account what it really shows. */
export async function verifyMembershipChange(context: OrganizationContext, operation: NewOperation): Promise<void> {
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
