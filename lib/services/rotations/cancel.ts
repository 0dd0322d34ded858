import type { StoredRotation } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import { cancelUndoes, rotationCan } from "@/lib/domain/rotation";
import type { RotationAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { rereadAccount } from "@/lib/services/inventory/reread";
import { settledBatch } from "@/lib/services/operations/settled-batch";
import { isDeleted } from "@/lib/services/service-accounts/delete-once";
import { discardReplacement } from "./discard-replacement";
import { endRotation } from "./end-rotation";
import { getRotation } from "./get";
import { examineRotation } from "./load-evidence";
import { giveBack } from "./quarantine";
import { loadRotation, onRotation, type RotationRun, takeStep } from "./rotation-run";

type Request = { context: OrganizationContext; rotationId: string };

/**
 * Gives a rotation up and takes back what it did: an unused replacement is deleted, removed memberships are given back.
 * A replacement that was handed over or is in use stays, for nobody may be cut off by this.
 */
export async function cancelRotation({ context, rotationId }: Request): Promise<RotationAnswer> {
  await onRotation(context, rotationId, async (run, found) => {
    if (found.endedAt !== null) return;
    const { standing, evidence, now } = await examineRotation(context, found);
    const why = rotationCan.cancel(standing, evidence, now);
    if (why !== null) throw new AppError("rotation_not_ready", { reason: why });
    const revoked = isDeleted(await settledBatch(context, found.deleteBatchId), { id: found.predecessorId });
    const rotation = await markCancelling(run, found);
    await context.accountRotationCrashPoint?.("account_rotation_cancelling");
    const restored = await giveBack(run, rotation);
    await run.lease.keep();
    const replacement = await takeBackReplacement(run, restored);
    // Nothing brings a revoked account back.
    await endRotation(run, rotation, revoked ? "predecessor_deleted" : "cancelled", { replacement });
  });
  return getRotation({ context, rotationId });
}

async function markCancelling(run: RotationRun, rotation: StoredRotation): Promise<StoredRotation> {
  if (rotation.step === "cancelling") return rotation;
  const detail = { at: rotation.step, replacement: rotation.replacementUsername };
  return takeStep(run, rotation, {
    action: "rotation.cancel",
    outcome: "intended",
    detail,
    change: { step: "cancelling" },
  });
}

/** Read at Mixpanel just before: it may have come into use since the last sync. */
async function takeBackReplacement(run: RotationRun, rotation: StoredRotation): Promise<"none" | "deleted" | "kept"> {
  const { context } = run;
  if (rotation.replacementId !== null) await rereadAccount(context, rotation.replacementId);
  const { standing, evidence } = await examineRotation(context, rotation);
  const undone = cancelUndoes({ ...standing, issuing: rotation.issueBatchId !== null }, evidence);
  if (undone.replacement !== "deleted") return undone.replacement;
  await discardReplacement(run, rotation);
  const { discardBatchId } = await loadRotation(context, rotation.id);
  return discardBatchId === null ? "none" : "deleted";
}
