import { type StoredRotation, updateRotation } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import { rotationCan } from "@/lib/domain/rotation";
import type { RotationEvidence } from "@/lib/domain/rotation-evidence";
import type { ConfirmedInput } from "@/lib/domain/rotation-input";
import type { RotationAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { rereadAccount } from "@/lib/services/inventory/reread";
import { protectOwnCredential } from "@/lib/services/operations/protect-own-credential";
import { settledBatch } from "@/lib/services/operations/settled-batch";
import { deleteOnce, isDeleted } from "@/lib/services/service-accounts/delete-once";
import { endRotation } from "./end-rotation";
import { getRotation } from "./get";
import { examineRotation } from "./load-evidence";
import { assertConfirmed, movedOn, onRotation, predecessorOf, type RotationRun, recordStep } from "./rotation-run";

type Request = { context: OrganizationContext; rotationId: string; input: ConfirmedInput };

/**
 * Deletes the predecessor: on evidence, or on its typed name and a fresh sign-in. Evidence is read anew at Mixpanel just
 * before, and what the deletion rests on is part of the record.
 */
export async function finishRotation({ context, rotationId, input }: Request): Promise<RotationAnswer> {
  await onRotation(context, rotationId, async (run, rotation) => {
    if (rotation.endedAt !== null) return;
    if (rotation.kind === "leak") throw new AppError("rotation_not_ready", { reason: "It was revoked already." });
    await deletePredecessor(run, rotation, input.confirmation);
  });
  return getRotation({ context, rotationId });
}

export async function deletePredecessor(run: RotationRun, rotation: StoredRotation, typed: string): Promise<void> {
  const { context } = run;
  const account = { id: rotation.predecessorId, username: rotation.predecessorUsername };
  const earlier = await settledBatch(context, rotation.deleteBatchId);
  if (isDeleted(earlier, account)) {
    await endRotation(run, rotation, "predecessor_deleted", { evidence: rotation.evidence });
    return;
  }
  const basis = await whatAllows(run, rotation, typed);
  await send(run, rotation, { account, basis });
  await context.accountRotationCrashPoint?.("account_rotation_deleted");
  await endRotation(run, rotation, "predecessor_deleted", basis);
}

type Basis = { by: "evidence" | "confirmation"; evidence: RotationEvidence };

/** Throws `rotation_not_ready` with what is missing, unless the name was typed. */
async function whatAllows(run: RotationRun, rotation: StoredRotation, typed: string): Promise<Basis> {
  const { context } = run;
  const seenAt = context.now().toISOString();
  await rereadAccount(context, rotation.predecessorId);
  const { standing, evidence, now } = await examineRotation(context, rotation, seenAt);
  const refusal = rotationCan.override(standing, evidence, now);
  if (refusal !== null) throw new AppError("rotation_not_ready", { reason: refusal });
  const missing = rotationCan.delete(standing, evidence, now);
  if (missing === null) return { by: "evidence", evidence };
  if (typed === "") throw new AppError("rotation_not_ready", { reason: missing });
  assertConfirmed(run, predecessorOf(rotation), typed);
  return { by: "confirmation", evidence };
}

/** The evidence, its line of the record and the deletion that rests on it are prepared in one commit. */
async function send(
  run: RotationRun,
  rotation: StoredRotation,
  { account, basis }: { account: { id: number; username: string }; basis: Basis },
): Promise<void> {
  const { context, actor, lease } = run;
  await lease.keep();
  await deleteOnce({
    context,
    actor,
    account,
    earlierBatchId: rotation.deleteBatchId,
    guard: async (transaction, batchId) => {
      await recordStep(
        context,
        rotation,
        { action: "rotation.finish", outcome: "intended", detail: { ...basis } },
        transaction,
      );
      await protectOwnCredential(context, [account], transaction);
      await lease.hold(transaction);
      const change = { delete_batch_id: batchId, evidence: JSON.stringify(basis.evidence) };
      if (!(await updateRotation(transaction, rotation, change))) throw movedOn();
    },
  });
}
