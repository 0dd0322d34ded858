import type { Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { findRotation, type StoredRotation, updateRotation } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import type { AuditAction, AuditOutcome } from "@/lib/domain/audit-event";
import { isFreshSignIn } from "@/lib/domain/operator-session";
import { roleAbove } from "@/lib/domain/replacement-plan";
import { splitUsername } from "@/lib/domain/service-account";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { type OperatorActor, requireOperator } from "@/lib/services/operations/require-operator";
import { type RotationLease, withRotationLease } from "./rotation-lease";

/** Somebody working at a rotation, which nobody else is at. */
export type RotationRun = { context: OrganizationContext; actor: OperatorActor; lease: RotationLease };

export async function loadRotation(
  { database, organization }: OrganizationContext,
  id: string,
): Promise<StoredRotation> {
  const rotation = await findRotation(database, organization.key, id);
  if (!rotation) throw new AppError("not_found", { reason: "There is no such rotation." });
  return rotation;
}

/** One person at a time works at a rotation, on whichever replica; a role above their ceiling keeps them out. */
export async function onRotation<T>(
  context: OrganizationContext,
  id: string,
  work: (run: RotationRun, rotation: StoredRotation) => Promise<T>,
): Promise<T> {
  const actor = requireOperator(context, "account:rotate");
  const { plan, predecessorUsername } = await loadRotation(context, id);
  const above = roleAbove(plan, actor.operator.role);
  if (above !== null) {
    const { name } = splitUsername(predecessorUsername);
    const reason = `${name} holds ${above}, which a ${actor.operator.role} may not touch. Nothing was changed.`;
    throw new AppError("role_above_ceiling", { reason });
  }
  return withRotationLease(context, id, async (lease) =>
    recorded(async () => work({ context, actor, lease }, await loadRotation(context, id))),
  );
}

/** What cannot be recorded is not done. */
export async function recorded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("read_only", {}, error);
  }
}

type Subject = Pick<StoredRotation, "id" | "step" | "organizationKey" | "predecessorId" | "predecessorUsername">;
type Told = {
  action: Extract<AuditAction, `rotation.${string}`>;
  outcome: AuditOutcome;
  detail?: Record<string, unknown>;
};

/** One line of the record about a rotation; its target is the predecessor. */
export async function recordStep(
  context: Parameters<typeof recordEvent>[0],
  rotation: Subject,
  { action, outcome, detail = {} }: Told,
  transaction?: Transaction,
): Promise<void> {
  const event = {
    action,
    outcome,
    organizationKey: rotation.organizationKey,
    targetKind: "service_account",
    targetId: String(rotation.predecessorId),
    targetName: splitUsername(rotation.predecessorUsername).name,
    detail: { rotation: rotation.id, ...detail },
  } as const;
  await recordEvent(context, event, transaction);
}

type Step = Told & { change: Parameters<typeof updateRotation>[2] };

/**
 * Takes a step that changes nothing at Mixpanel: its line of the record and the row in one commit. The record comes
 * first, for its lock is the one that every commit takes first.
 */
export async function takeStep(
  { context, lease }: RotationRun,
  rotation: StoredRotation,
  step: Step,
): Promise<StoredRotation> {
  await inTransaction(context.database, async (transaction) => {
    await recordStep(context, rotation, step, transaction);
    await lease.hold(transaction);
    if (!(await updateRotation(transaction, rotation, step.change))) throw movedOn();
  });
  return loadRotation(context, rotation.id);
}

/** One of the two accounts of a rotation; a replacement has its username once it is issued. */
type Side = { name: string; username: string | null };

export function predecessorOf({ predecessorUsername: username }: Pick<StoredRotation, "predecessorUsername">): Side {
  return { name: splitUsername(username).name, username };
}

export function replacementOf({ replacementName: name, replacementUsername: username }: StoredRotation): Side {
  return { name, username };
}

export function movedOn(): AppError {
  return new AppError("operation_in_progress", { reason: "The rotation has moved on meanwhile. Look again." });
}

/** Throws unless the account's name or username was typed and the sign-in is fresh. */
export function assertConfirmed(
  { context, actor }: Pick<RotationRun, "context" | "actor">,
  { name, username }: Side,
  typed: string,
): void {
  if (!isFreshSignIn(actor.authenticatedAt, context.now())) throw new AppError("fresh_sign_in_required");
  if (![name, username].includes(typed.trim())) {
    throw new AppError("confirmation_mismatch", { fields: { confirmation: `Type "${name}" exactly.` } });
  }
}
