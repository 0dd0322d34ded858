import { setTimeout as wait } from "node:timers/promises";
import { type ActiveSession, findActiveSession, touchSession } from "@/lib/db/sessions";
import { AppError } from "@/lib/domain/app-error";
import {
  DESTRUCTIVE_RECHECK_MS,
  GROUPS_RECHECK_LIMIT_MS,
  GROUPS_RECHECK_MS,
  type SessionEndReason,
} from "@/lib/domain/operator-session";
import type { AppContext } from "@/lib/services/context";
import { actorOfSession, type OperatorActor } from "./actor-of-session";
import type { GroupSource } from "./group-source";
import { type Recheck, recheckGroups } from "./recheck";
import { hashSessionId, sessionLimits } from "./session-id";

/** What the request wants to do decides how sure the role must be. */
export type Demand = "read" | "change" | "destructive";
type Input = { sessionId: string; address: string | null; demand: Demand; source: GroupSource };

const TOUCH_EVERY_MS = 60_000;
const BUSY_ATTEMPTS = 30;
const BUSY_WAIT_MS = 100;
const endings: Partial<Record<SessionEndReason, string>> = {
  no_role: "Your groups no longer give you a role here.",
  provider_refused: "Your sign-in at the identity provider has ended.",
  recheck_overdue: "Your role has to be confirmed again.",
};

/**
 * The operator of a session, checked on every request: the row lives, and the provider confirmed the groups lately.
 * Throws not_signed_in, or identity_provider_unreachable where the role cannot be confirmed well enough.
 */
export async function checkSession({ context, input }: { context: AppContext; input: Input }): Promise<OperatorActor> {
  const { sessionId, address } = input;
  const now = context.now();
  const session = await findActiveSession(context.database, hashSessionId(sessionId), sessionLimits(now));
  if (!session) throw new AppError("not_signed_in", { reason: "Your session has ended." });
  const confirmed = await confirmRole(context, session, input);
  if (now.getTime() - Date.parse(session.seen_at) >= TOUCH_EVERY_MS) await touch(context, session, now);
  return actorOfSession(confirmed, address);
}

async function confirmRole(
  context: AppContext,
  session: ActiveSession,
  { demand, source }: Pick<Input, "demand" | "source">,
): Promise<ActiveSession> {
  const age = context.now().getTime() - Date.parse(session.groups_checked_at);
  const allowed = demand === "destructive" ? DESTRUCTIVE_RECHECK_MS : GROUPS_RECHECK_MS;
  if (age < allowed) return session;
  const notBefore = new Date(context.now().getTime() - allowed).toISOString();
  const answer = await askOnce(context, session, notBefore, source);
  if (answer.kind === "confirmed") return answer.session;
  if (answer.kind === "ended") throw new AppError("not_signed_in", { reason: endings[answer.reason] });
  if (demand === "read" && age < GROUPS_RECHECK_LIMIT_MS) return session;
  throw new AppError("identity_provider_unreachable");
}

/** Asks, or waits for the request that is asking already and takes what that one found. */
async function askOnce(context: AppContext, session: ActiveSession, notBefore: string, source: GroupSource) {
  for (let attempt = 0; attempt < BUSY_ATTEMPTS; attempt += 1) {
    const answer = await recheckGroups(context, session, notBefore, source).catch((error: unknown): Recheck => {
      context.logger.error({ err: error }, "The groups of a session could not be checked.");
      return { kind: "unreachable" };
    });
    if (answer.kind !== "busy") return answer;
    await wait(BUSY_WAIT_MS);
  }
  return { kind: "unreachable" } as const;
}

/** A database that takes no writes must not keep anybody from reading. */
async function touch(context: AppContext, session: ActiveSession, now: Date): Promise<void> {
  try {
    await touchSession(context.database, session.id_hash, now.toISOString());
  } catch (error) {
    context.logger.warn({ err: error }, "The use of a session could not be noted.");
  }
}
