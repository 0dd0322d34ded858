import { inTransaction } from "@/lib/db/in-transaction";
import { endSession, listOpenSessions } from "@/lib/db/sessions";
import { AppError } from "@/lib/domain/app-error";
import type { EndOwnSessionsInput } from "@/lib/domain/operator-session";
import { recordEvent } from "@/lib/services/audit/record";
import type { RequestContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { ownIdOf } from "./list-own";
import { sessionLimits } from "./session-id";

type Input = { context: RequestContext; input: EndOwnSessionsInput };

/** Ends one of the operator's other sessions, or all of them; the one that asks is ended by signing out. */
export async function endOwnSessions({ context, input }: Input): Promise<{ ended: number }> {
  const { operator, sessionId: asking } = requireOperator(context, "self:write");
  const end = { at: context.now().toISOString(), reason: "ended_by_operator" };
  return inTransaction(context.database, async (transaction) => {
    const open = await listOpenSessions(transaction, operator.id, sessionLimits(context.now()));
    const others = open.filter(({ id_hash }) => id_hash !== asking);
    const chosen = input.sessionId === null ? others : others.filter((row) => ownIdOf(row) === input.sessionId);
    if (input.sessionId !== null && chosen.length === 0) {
      throw new AppError("not_found", { reason: "You have no such other session that is open." });
    }
    for (const { id_hash } of chosen) await endSession(transaction, id_hash, end);
    const detail = { reason: end.reason, sessions: chosen.length, addresses: chosen.map(({ address }) => address) };
    const target = { targetKind: "operator", targetId: operator.id, targetName: operator.name } as const;
    await recordEvent(context, { action: "session.end", outcome: "succeeded", detail, ...target }, transaction);
    return { ended: chosen.length };
  });
}
