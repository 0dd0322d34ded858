import type { ActiveSession } from "@/lib/db/sessions";
import { type Actor, operatorRoleSchema } from "@/lib/domain/operator";

export type OperatorActor = Extract<Actor, { kind: "operator" }>;

/** The person behind a session. The role comes from the row alone, where only verified claims put it. */
export function actorOfSession(session: ActiveSession, address: string | null): OperatorActor {
  return {
    kind: "operator",
    operator: {
      id: session.operator_id,
      name: session.name,
      email: session.email,
      role: operatorRoleSchema.parse(session.role),
    },
    sessionId: session.id_hash,
    address,
    authenticatedAt: session.authenticated_at,
  };
}
