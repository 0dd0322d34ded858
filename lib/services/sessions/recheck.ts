import { acquireLease, releaseLease } from "@/lib/db/leases";
import { type ActiveSession, findActiveSession, storeGroupCheck } from "@/lib/db/sessions";
import { roleOfGroups } from "@/lib/domain/operator";
import type { SessionEndReason } from "@/lib/domain/operator-session";
import type { AppContext } from "@/lib/services/context";
import { refreshTokenBinding } from "@/lib/services/sealing/bindings";
import { sealerOf } from "@/lib/services/sealing/sealer-of";
import { endActiveSession } from "./end";
import type { GroupSource } from "./group-source";
import { sessionLimits } from "./session-id";

const LEASE_MS = 20_000;
/** `busy`: another request asks for the same session at this moment. */
export type Recheck =
  | { kind: "confirmed"; session: ActiveSession }
  | { kind: "ended"; reason: SessionEndReason }
  | { kind: "unreachable" }
  | { kind: "busy" };

/**
 * Asks the provider for the groups again and stores what follows. One request at a time does so, on all replicas: a
 * provider that changes refresh tokens takes the second use of one for a theft.
 */
export async function recheckGroups(
  context: AppContext,
  session: ActiveSession,
  notBefore: string,
  source: GroupSource,
): Promise<Recheck> {
  const now = context.now();
  const lease = await acquireLease(context.database, {
    name: `groups-check-${session.id_hash.slice(0, 4)}`,
    holder: context.newId(),
    now: now.toISOString(),
    expiresAt: new Date(now.getTime() + LEASE_MS).toISOString(),
  });
  if (!lease) return { kind: "busy" };
  try {
    const current = await findActiveSession(context.database, session.id_hash, sessionLimits(now));
    if (!current) return { kind: "ended", reason: "expired" };
    if (current.groups_checked_at > notBefore) return { kind: "confirmed", session: current };
    return await ask(context, current, source);
  } finally {
    await releaseLease(context.database, lease, context.now().toISOString());
  }
}

async function ask(context: AppContext, session: ActiveSession, source: GroupSource): Promise<Recheck> {
  const { database, environment, logger } = context;
  if (session.sealed_refresh_token === null) return end(context, session, "recheck_overdue");
  const sealer = sealerOf(context);
  const binding = refreshTokenBinding(session.id_hash);
  const refreshToken = await sealer.open(session.sealed_refresh_token, binding);
  const answer = await source({ refreshToken, subject: session.subject });
  if (answer.kind === "unreachable") {
    logger.warn({ err: answer.cause }, "The identity provider could not be asked for groups.");
    return { kind: "unreachable" };
  }
  if (answer.kind === "refused") return end(context, session, "provider_refused");
  const role = answer.kind === "groups" ? roleOfGroups(answer.groups, environment.signIn.groups) : null;
  if (answer.kind !== "groups" || role === null) return end(context, session, "no_role");
  const checked = {
    role,
    groups_checked_at: context.now().toISOString(),
    sealed_refresh_token: answer.refreshToken
      ? await sealer.seal(answer.refreshToken, binding)
      : session.sealed_refresh_token,
  };
  await storeGroupCheck(database, session.id_hash, checked);
  return { kind: "confirmed", session: { ...session, ...checked } };
}

async function end(context: AppContext, session: ActiveSession, reason: SessionEndReason): Promise<Recheck> {
  await endActiveSession(context, session, reason, { kind: "system", name: "sessions" });
  return { kind: "ended", reason };
}
