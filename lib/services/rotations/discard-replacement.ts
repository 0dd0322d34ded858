import { inTransaction } from "@/lib/db/in-transaction";
import { type StoredRotation, updateRotation } from "@/lib/db/rotations";
import { accountIdOf } from "@/lib/services/operations/accounts-of";
import { protectOwnCredential } from "@/lib/services/operations/protect-own-credential";
import { settledBatch } from "@/lib/services/operations/settled-batch";
import { deleteOnce } from "@/lib/services/service-accounts/delete-once";
import { movedOn, type RotationRun } from "./rotation-run";

/** Deletes the replacement that was issued, or what an attempt to issue has left behind; nothing where nothing is. */
export async function discardReplacement(run: RotationRun, rotation: StoredRotation): Promise<void> {
  const account = await leftBehind(run, rotation);
  if (!account) return;
  const { context, actor, lease } = run;
  await deleteOnce({
    context,
    actor,
    account,
    earlierBatchId: rotation.discardBatchId,
    guard: async (transaction, batchId) => {
      await protectOwnCredential(context, [account], transaction);
      await lease.hold(transaction);
      if (!(await updateRotation(transaction, rotation, { discard_batch_id: batchId }))) throw movedOn();
    },
  });
  await inTransaction(context.database, async (transaction) => {
    await lease.hold(transaction);
    await updateRotation(transaction, rotation, { replacement_id: null, replacement_username: null });
  });
}

async function leftBehind(
  { context }: RotationRun,
  { replacementId: id, replacementUsername: username, issueBatchId }: StoredRotation,
): Promise<{ id: number; username: string } | null> {
  const issued = await settledBatch(context, issueBatchId);
  if (id !== null && username !== null) return { id, username };
  const lost = issued.find(({ outcome }) => outcome === "secret_lost");
  return lost ? { id: accountIdOf(lost), username: lost.accountName } : null;
}
