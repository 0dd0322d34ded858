import { inTransaction } from "@/lib/db/in-transaction";
import { findBatch } from "@/lib/db/operations";
import { type StoredRotation, updateRotation } from "@/lib/db/rotations";
import { purgeSecret } from "@/lib/db/sealed-secrets";
import { AppError } from "@/lib/domain/app-error";
import { rotationCan } from "@/lib/domain/rotation";
import type { ConfirmedInput } from "@/lib/domain/rotation-input";
import type { IssuedAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { rereadAccount } from "@/lib/services/inventory/reread";
import { issueOnce } from "./issue";
import { examineRotation } from "./load-evidence";
import { assertConfirmed, movedOn, onRotation, type RotationRun, recordStep, replacementOf } from "./rotation-run";

type Request = { context: OrganizationContext; rotationId: string; input: ConfirmedInput };

/**
 * Throws the replacement away, because its secret was lost or has leaked, and issues another one. Where it may be in use
 * its name is typed and the sign-in fresh.
 */
export async function reissueReplacement({ context, rotationId, input }: Request): Promise<IssuedAnswer> {
  await onRotation(context, rotationId, async (run, rotation) => {
    if (rotation.replacementId !== null) await rereadAccount(context, rotation.replacementId);
    const { standing, evidence, now } = await examineRotation(context, rotation);
    const why = rotationCan.reissue(standing, evidence, now);
    if (why !== null) throw new AppError("rotation_not_ready", { reason: why });
    if (rotation.handedOverAt !== null || evidence.replacementUsedAt !== null) {
      assertConfirmed(run, replacementOf(rotation), input.confirmation);
    }
    await goBack(run, rotation);
    await context.accountRotationCrashPoint?.("account_rotation_reissuing");
  });
  return issueOnce(context, rotationId);
}

/** The row still names what is to be deleted; issuing begins with that. */
async function goBack({ context, lease }: RotationRun, rotation: StoredRotation): Promise<void> {
  const detail = { again: true, discards: rotation.replacementUsername };
  await inTransaction(context.database, async (transaction) => {
    await recordStep(context, rotation, { action: "rotation.issue", outcome: "intended", detail }, transaction);
    await lease.hold(transaction);
    for (const { id } of await findBatch(transaction, rotation.issueBatchId)) await purgeSecret(transaction, id);
    const moved = await updateRotation(transaction, rotation, {
      step: "issue",
      issued_by: null,
      issued_at: null,
      handed_over_by: null,
      handed_over_at: null,
      own_use_until: null,
      proven_at: null,
      proven_how: null,
      replacement_used_at: null,
      overlap_until: null,
    });
    if (!moved) throw movedOn();
  });
}
