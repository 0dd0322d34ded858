import type { Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { upsertOperator } from "@/lib/db/operators";
import { insertSession } from "@/lib/db/sessions";
import type { Actor, OperatorRole } from "@/lib/domain/operator";
import { recordEvent } from "@/lib/services/audit/record";
import type { AppContext } from "@/lib/services/context";
import { refreshTokenBinding } from "@/lib/services/sealing/bindings";
import { sealerOf } from "@/lib/services/sealing/sealer-of";
import { hashSessionId, newSessionId } from "./session-id";

/** Who the provider says it is: issuer and subject never change, the rest may. */
export type Identity = { issuer: string; subject: string; name: string; email: string | null };
type NewSession = {
  identity: Identity;
  role: OperatorRole;
  refreshToken: string | null;
  authenticatedAt: Date;
  address: string | null;
};

/** Opens a session for a person whose groups gave a role just now. The answer goes into the cookie and nowhere else. */
export async function startSession({ context, input }: { context: AppContext; input: NewSession }): Promise<string> {
  const sessionId = newSessionId();
  const idHash = hashSessionId(sessionId);
  const { refreshToken } = input;
  const sealed = refreshToken && (await sealerOf(context).seal(refreshToken, refreshTokenBinding(idHash)));
  await inTransaction(context.database, (transaction) => store(transaction, context, input, idHash, sealed));
  return sessionId;
}

async function store(
  transaction: Transaction,
  context: AppContext,
  { identity, role, authenticatedAt, address }: NewSession,
  idHash: string,
  sealedRefreshToken: string | null,
): Promise<void> {
  const now = context.now().toISOString();
  const { id, name, email } = await upsertOperator(transaction, context.newId, {
    ...identity,
    role,
    last_sign_in_at: now,
  });
  await insertSession(transaction, {
    id_hash: idHash,
    operator_id: id,
    role,
    created_at: now,
    seen_at: now,
    authenticated_at: authenticatedAt.toISOString(),
    groups_checked_at: now,
    sealed_refresh_token: sealedRefreshToken,
    address,
  });
  const operator = { id, name, email, role };
  const actor: Actor = {
    kind: "operator",
    operator,
    sessionId: idHash,
    address,
    authenticatedAt: authenticatedAt.toISOString(),
  };
  const target = { targetKind: "operator", targetId: id, targetName: name } as const;
  await recordEvent({ ...context, actor }, { action: "session.start", outcome: "succeeded", ...target }, transaction);
}
