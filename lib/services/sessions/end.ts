import { deleteFeedsOf } from "@/lib/db/feeds";
import { inTransaction } from "@/lib/db/in-transaction";
import { type ActiveSession, endSession as endRow, findActiveSession } from "@/lib/db/sessions";
import type { Actor } from "@/lib/domain/operator";
import type { SessionEndReason } from "@/lib/domain/operator-session";
import { recordEvent } from "@/lib/services/audit/record";
import type { AppContext } from "@/lib/services/context";
import { actorOfSession } from "./actor-of-session";
import { hashSessionId, sessionLimits } from "./session-id";

/** The provider no longer lets this person in: what reads without a session ends with it. */
const losesEntry: ReadonlySet<SessionEndReason> = new Set(["no_role", "provider_refused"]);
type Ending = { sessionId: string; reason: SessionEndReason; address: string | null };

/** Ends a session by its operator's own act. One that is over already stays as it is. */
export async function endSession({ context, input }: { context: AppContext; input: Ending }): Promise<void> {
  const { sessionId, reason, address } = input;
  const row = await findActiveSession(context.database, hashSessionId(sessionId), sessionLimits(context.now()));
  if (row) await endActiveSession(context, row, reason, actorOfSession(row, address));
}

/** Ends a session on behalf of `actor`; row and event stand together. */
export async function endActiveSession(
  context: AppContext,
  session: ActiveSession,
  reason: SessionEndReason,
  actor: Actor,
): Promise<void> {
  await inTransaction(context.database, async (transaction) => {
    const ended = await endRow(transaction, session.id_hash, { at: context.now().toISOString(), reason });
    if (!ended) return;
    const feedsEnded = losesEntry.has(reason) ? await deleteFeedsOf(transaction, session.operator_id) : 0;
    const target = { targetKind: "operator", targetId: session.operator_id, targetName: session.name } as const;
    const event = {
      action: "session.end",
      outcome: "succeeded",
      detail: { reason, ...(feedsEnded > 0 && { feedsEnded }) },
      ...target,
    } as const;
    await recordEvent({ ...context, actor }, event, transaction);
  });
}
