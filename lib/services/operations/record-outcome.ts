import { setTimeout as wait } from "node:timers/promises";
import type { Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { findOperation, moveOperation, type NewOperation, type OperationPatch } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { OperationResult } from "@/lib/domain/operation-detail";
import { recordEvents } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { operationEvent } from "./operation-event";

type Outcome = {
  context: OrganizationContext;
  operation: NewOperation;
  state: "succeeded" | "failed" | "unknown";
  patch: OperationPatch & { result: OperationResult };
  write?: (transaction: Transaction) => Promise<void>;
};

/** An answer that is not written down is lost with its secret, so a database that stumbles is asked again. */
const PAUSES_MS = [100, 400, 1_500];

/** Commits what came of a sent operation. Throws `outcome_unknown` when the database does not take it. */
export async function recordOutcome(outcome: Outcome): Promise<void> {
  const { context, operation, state } = outcome;
  for (const pause of [...PAUSES_MS, null]) {
    try {
      if (await commit(outcome)) return;
      const stored = await findOperation(context.database, operation.organizationKey, operation.id);
      if (stored?.state === state) return;
      throw new AppError("outcome_unknown", {
        operationId: operation.id,
        reason: "It was taken for abandoned while it ran.",
      });
    } catch (error) {
      // Only what the error says: a database's error may carry the row it refused.
      const log = { operationId: operation.id, reference: context.reference, cause: String(error) };
      context.logger.error(log, "An outcome could not be recorded");
      if (error instanceof AppError) throw error;
      if (pause === null) throw lost(operation, error);
      await wait(pause);
    }
  }
}

/** One commit; answers false when the operation no longer waits for its outcome. */
function commit({ context, operation, state, patch, write }: Outcome): Promise<boolean> {
  const subject = { ...operation, accountId: patch.accountId ?? operation.accountId };
  return inTransaction(context.database, async (transaction) => {
    if (!(await moveOperation(transaction, operation.id, "sent", state, patch))) return false;
    await write?.(transaction);
    const detail = {
      code: patch.errorCode,
      reason: patch.errorReason ?? undefined,
      upstreamStatus: patch.upstreamStatus ?? undefined,
      alreadyAbsent: patch.result.alreadyAbsent,
    };
    const { upstreamReference } = patch;
    await recordEvents(transaction, [operationEvent(context, subject, state, { upstreamReference, detail })]);
    return true;
  });
}

function lost(operation: NewOperation, error: unknown): AppError {
  const reason = "Mixpanel was asked, but Keywarden's database did not take the outcome.";
  return new AppError("outcome_unknown", { operationId: operation.id, reason }, error);
}
