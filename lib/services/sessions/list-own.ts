import { listOpenSessions, type SessionRow } from "@/lib/db/sessions";
import type { OwnSessions } from "@/lib/domain/operator-session";
import type { RequestContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { sessionLimits } from "./session-id";

/** Enough of the row's key to tell a dozen sessions apart. */
const ID_LENGTH = 16;
export const ownIdOf = ({ id_hash }: Pick<SessionRow, "id_hash">) => id_hash.slice(0, ID_LENGTH);

/** Where the operator who asks is signed in, the last used first. */
export async function listOwnSessions({ context }: { context: RequestContext }): Promise<OwnSessions> {
  const { operator, sessionId } = requireOperator(context, "inventory:read");
  const open = await listOpenSessions(context.database, operator.id, sessionLimits(context.now()));
  return {
    sessions: open.map((row) => ({
      id: ownIdOf(row),
      startedAt: row.created_at,
      seenAt: row.seen_at,
      address: row.address,
      current: row.id_hash === sessionId,
    })),
  };
}
