import { type RotationRow, updateRotation } from "@/lib/db/credential-rotations";
import { inTransaction } from "@/lib/db/in-transaction";
import { AppError } from "@/lib/domain/app-error";
import { type CredentialView, rotationCan, rotationStepSchema } from "@/lib/domain/organization-credential";
import type { OrganizationContext } from "@/lib/services/context";
import { accountIdOf } from "@/lib/services/operations/accounts-of";
import { settledBatch } from "@/lib/services/operations/settled-batch";
import { viewCredential } from "@/lib/services/organizations/credential-view";
import { openToChange } from "@/lib/services/organizations/kept-organization";
import { withRotationLease } from "@/lib/services/rotations/rotation-lease";
import { deleteForRotation } from "./delete-for-rotation";
import { endRotation } from "./delete-predecessor";
import { loadRotation, type RotationRun, recordStep } from "./run";

type Request = { context: OrganizationContext; input: { rotationId: string } };

/** Gives a rotation up before the switch: the replacement is deleted, the credential in use was never touched. */
export async function cancelRotation({ context, input }: Request): Promise<CredentialView> {
  const { actor } = await openToChange(context);
  await withRotationLease(context, context.organization.key, async (lease) => {
    const run = { context, actor, lease };
    const rotation = await loadRotation(context, input.rotationId);
    if (rotation.ended_at !== null) return;
    if (!rotationCan.cancel(rotationStepSchema.parse(rotation.step))) {
      const reason = "The console signs in with the replacement already. Finish the rotation instead.";
      throw new AppError("own_credential", { reason });
    }
    const cancelling = await markCancelling(run, rotation);
    await context.rotationCrashPoint?.("rotation_cancelling");
    await deleteReplacement(run, cancelling);
    await endRotation(run, await loadRotation(context, cancelling.id), "cancelled");
  });
  return viewCredential({ context });
}

async function markCancelling({ context, lease }: RotationRun, rotation: RotationRow): Promise<RotationRow> {
  if (rotation.step !== "cancelling") {
    await inTransaction(context.database, async (transaction) => {
      await recordStep(context, { ...rotation, step: "cancel" }, "intended", { transaction });
      await lease.hold(transaction);
      await updateRotation(transaction, rotation, { step: "cancelling" });
    });
  }
  return loadRotation(context, rotation.id);
}

/** The one that was issued, or what an attempt to issue has left behind. */
async function deleteReplacement(run: RotationRun, rotation: RotationRow): Promise<void> {
  const issued = await settledBatch(run.context, rotation.issue_batch_id);
  const made = issued.find(({ accountId }) => accountId !== null);
  if (!made) return;
  const username = rotation.replacement_username ?? made.accountName;
  await deleteForRotation(run, rotation, { id: accountIdOf(made), username });
}
