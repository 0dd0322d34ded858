import { type StoredRotation, updateRotation } from "@/lib/db/rotations";
import { protectOwnCredential } from "@/lib/services/operations/protect-own-credential";
import { deleteOnce } from "@/lib/services/service-accounts/delete-once";
import { movedOn, type RotationRun, takeStep } from "./rotation-run";

/** A leaked secret is taken out of the world first; only then is another one made. */
export async function revokePredecessor(run: RotationRun, rotation: StoredRotation): Promise<StoredRotation> {
  const { context, actor, lease } = run;
  const account = { id: rotation.predecessorId, username: rotation.predecessorUsername };
  await deleteOnce({
    context,
    actor,
    account,
    earlierBatchId: rotation.deleteBatchId,
    guard: async (transaction, batchId) => {
      await protectOwnCredential(context, [account], transaction);
      await lease.hold(transaction);
      if (!(await updateRotation(transaction, rotation, { delete_batch_id: batchId }))) throw movedOn();
    },
  });
  await context.accountRotationCrashPoint?.("account_rotation_revoked");
  await lease.keep();
  const detail = { revoked: account.username };
  return takeStep(run, rotation, {
    action: "rotation.break_glass",
    outcome: "succeeded",
    detail,
    change: { step: "issue" },
  });
}
