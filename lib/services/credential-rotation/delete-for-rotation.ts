import { type RotationRow, updateRotation } from "@/lib/db/credential-rotations";
import { findCredential } from "@/lib/db/organization-credentials";
import { AppError } from "@/lib/domain/app-error";
import { deleteOnce } from "@/lib/services/service-accounts/delete-once";
import type { RotationRun } from "./run";

type Account = { id: number; username: string };

/** Deletes an account of a rotation, once, however often it is asked; never the credential in use. */
export async function deleteForRotation(run: RotationRun, rotation: RotationRow, account: Account): Promise<void> {
  const { context, actor, lease } = run;
  await deleteOnce({
    context,
    actor,
    account,
    earlierBatchId: rotation.delete_batch_id,
    guard: async (transaction, batchId) => {
      await lease.hold(transaction);
      const credential = await findCredential(transaction, context.organization.key);
      if (credential?.username === account.username) throw new AppError("own_credential");
      await updateRotation(transaction, rotation, { delete_batch_id: batchId });
    },
  });
}
