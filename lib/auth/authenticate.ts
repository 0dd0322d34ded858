import { AppError } from "@/lib/domain/app-error";
import type { Permission } from "@/lib/domain/operator";
import type { AppContext } from "@/lib/services/context";
import type { OperatorActor } from "@/lib/services/sessions/actor-of-session";
import { checkSession, type Demand } from "@/lib/services/sessions/check";
import { groupSourceOf } from "./group-source-of";
import { sessionIdOf } from "./session-token";

const demands: Partial<Record<Permission, Demand>> = {
  "account:create": "change",
  "membership:assign": "change",
  "operation:reconcile": "change",
  "organization:manage": "change",
  "account:delete": "destructive",
  "account:rotate": "destructive",
  "membership:remove": "destructive",
  "session:end": "destructive",
};
type Request = { sessionToken: string | undefined; permission: Permission; address: string | null };

/** The operator behind a request, by the cookie alone. Throws not_signed_in or identity_provider_unreachable. */
export async function authenticate(
  context: AppContext,
  { sessionToken, permission, address }: Request,
): Promise<OperatorActor> {
  const { signIn } = context.environment;
  const sessionId = await sessionIdOf(sessionToken, signIn.secret);
  if (sessionId === null) throw new AppError("not_signed_in");
  const demand = demands[permission] ?? "read";
  return checkSession({ context, input: { sessionId, address, demand, source: groupSourceOf(signIn) } });
}
