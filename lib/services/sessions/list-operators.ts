import { listOperators } from "@/lib/db/operators";
import { countOpenSessions } from "@/lib/db/sessions";
import { operatorRoleSchema } from "@/lib/domain/operator";
import type { OperatorList } from "@/lib/domain/operator-session";
import type { RequestContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { sessionLimits } from "./session-id";

/** Everyone who ever signed in, and how many sessions of theirs are open now. */
export async function listKnownOperators({ context }: { context: RequestContext }): Promise<OperatorList> {
  requireOperator(context, "session:end");
  const [operators, open] = await Promise.all([
    listOperators(context.database),
    countOpenSessions(context.database, sessionLimits(context.now())),
  ]);
  const byOperator = new Map(open.map((row) => [row.operator_id, row]));
  return {
    operators: operators.map(({ id, name, email, role, last_sign_in_at }) => {
      const sessions = byOperator.get(id);
      return {
        id,
        name,
        email,
        role: operatorRoleSchema.parse(role),
        lastSignInAt: last_sign_in_at,
        lastSeenAt: sessions?.last_seen_at ?? null,
        openSessions: Number(sessions?.sessions ?? 0),
      };
    }),
  };
}
