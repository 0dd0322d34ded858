import { inTransaction } from "@/lib/db/in-transaction";
import { getStoredOperation, moveOperation, noteOperationResult, type StoredOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { AuditOutcome } from "@/lib/domain/audit-event";
import type { OperationKind, ReconciledOutcome } from "@/lib/domain/operation";
import { recordEvents } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import type { Conclusion } from "./conclusion";
import { operationEvent } from "./operation-event";
import { findLostCreate } from "./reconcile-create";
import { readDeletion } from "./reconcile-delete";
import { readMembershipChange } from "./reconcile-membership";

const readers: Record<
  OperationKind,
  (context: OrganizationContext, operation: StoredOperation) => Promise<Conclusion>
> = {
  create: findLostCreate,
  assign: readMembershipChange,
  remove: readMembershipChange,
  delete: readDeletion,
};

/** Settles an unknown operation by reading; it never sends a change. Throws UpstreamError when it cannot be read. */
export async function reconcileByReading(
  context: OrganizationContext,
  operation: StoredOperation,
): Promise<StoredOperation> {
  if (operation.state !== "unknown") return operation;
  const conclusion = await readers[operation.kind](context, operation);
  try {
    await keep(context, operation, conclusion);
    return await getStoredOperation(context.database, operation.organizationKey, operation.id);
  } catch (error) {
    throw new AppError("read_only", { operationId: operation.id }, error);
  }
}

const eventOutcomes: Record<ReconciledOutcome, AuditOutcome> = {
  happened: "succeeded",
  secret_lost: "succeeded",
  partly: "failed",
  did_not_happen: "failed",
};

async function keep(context: OrganizationContext, operation: StoredOperation, conclusion: Conclusion): Promise<void> {
  const result = { ...operation.result, ...conclusion.result };
  if (conclusion.found === "open") {
    if (conclusion.result) await noteOperationResult(context.database, operation.id, "unknown", result);
    return;
  }
  const { found, account, write } = conclusion;
  const patch = {
    outcome: found,
    result,
    finishedAt: context.now().toISOString(),
    ...(account && { accountId: account.id }),
  };
  await inTransaction(context.database, async (transaction) => {
    if (!(await moveOperation(transaction, operation.id, "unknown", "reconciled", patch))) return;
    await write?.(transaction);
    const subject = { ...operation, accountId: account?.id ?? operation.accountId };
    const detail = {
      found,
      kind: operation.kind,
      operator: operation.actorName,
      ...(account && { username: account.username }),
      ...(conclusion.result?.accounts && { accounts: conclusion.result.accounts }),
    };
    const event = operationEvent(context, subject, eventOutcomes[found], { action: "operation.reconcile", detail });
    await recordEvents(transaction, [event]);
  });
}
