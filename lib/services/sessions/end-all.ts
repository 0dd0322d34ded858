import { deleteFeedsOf } from "@/lib/db/feeds";
import { inTransaction } from "@/lib/db/in-transaction";
import { findOperator } from "@/lib/db/operators";
import { endSessionsOfOperator } from "@/lib/db/sessions";
import { AppError } from "@/lib/domain/app-error";
import { recordEvent } from "@/lib/services/audit/record";
import type { RequestContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";

type Input = { context: RequestContext; input: { operatorId: string } };

/** Ends every session of an operator, whose next request is answered with 401, and every feed of theirs. */
export async function endAllSessions({ context, input: { operatorId } }: Input): Promise<{ ended: number }> {
  requireOperator(context, "session:end");
  const operator = await findOperator(context.database, operatorId);
  if (!operator) throw new AppError("not_found", { reason: "There is no such operator." });
  return inTransaction(context.database, async (transaction) => {
    const at = context.now().toISOString();
    const ended = await endSessionsOfOperator(transaction, operatorId, { at, reason: "ended_by_administrator" });
    const feedsEnded = await deleteFeedsOf(transaction, operatorId);
    const detail = { reason: "ended_by_administrator", sessions: ended, ...(feedsEnded > 0 && { feedsEnded }) };
    const target = { targetKind: "operator", targetId: operatorId, targetName: operator.name } as const;
    await recordEvent(context, { action: "session.end", outcome: "succeeded", detail, ...target }, transaction);
    return { ended };
  });
}
