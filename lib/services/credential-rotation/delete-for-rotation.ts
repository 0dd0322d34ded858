import { type RotationRow, updateRotation } from "@/lib/db/credential-rotations";
import type { StoredOperation } from "@/lib/db/operations";
import { findCredential } from "@/lib/db/organization-credentials";
import { AppError } from "@/lib/domain/app-error";
import { splitUsername } from "@/lib/domain/service-account";
import { storedError } from "@/lib/services/operations/change-error";
import { whileLive } from "@/lib/services/operations/live-runs";
import { newOperation, prepareOperations } from "@/lib/services/operations/prepare-operations";
import { carryOutDelete } from "@/lib/services/service-accounts/carry-out-delete";
import { assertWithinDeletionLimit } from "@/lib/services/service-accounts/deletion-limit";
import type { RotationRun } from "./run";
import { settledBatch } from "./settled-batch";

type Account = { id: number; username: string };

/**
 * Deletes an account of a rotation, once, however often it is asked: an earlier attempt is settled first. Never the
 * credential in use. Throws what kept it from being deleted.
 */
export async function deleteForRotation(run: RotationRun, rotation: RotationRow, account: Account): Promise<void> {
  const { context, actor, lease } = run;
  const earlier = await settledBatch(context, rotation.delete_batch_id);
  if (isDeleted(earlier, account)) return;
  const batchId = context.newId();
  const operation = newOperation(context, actor, batchId, {
    kind: "delete",
    accountId: account.id,
    accountName: splitUsername(account.username).name,
    projectId: null,
    projectName: null,
    input: { username: account.username },
    beforeState: {},
  });
  await prepareOperations({
    context,
    operations: [operation],
    guard: async (transaction) => {
      await lease.hold(transaction);
      const credential = await findCredential(transaction, context.organization.key);
      if (credential?.username === account.username) throw new AppError("own_credential");
      await assertWithinDeletionLimit(transaction, context, actor.operator.id, 1);
      await updateRotation(transaction, rotation, { delete_batch_id: batchId });
    },
  });
  await whileLive([operation], () => carryOutDelete(context, actor, operation));
  const settled = await settledBatch(context, batchId);
  if (isDeleted(settled, account)) return;
  const last = settled.at(-1);
  throw last ? storedError(last) : new AppError("internal");
}

function isDeleted(operations: readonly StoredOperation[], { id }: Account): boolean {
  return operations.some(
    ({ accountId, state, outcome }) => accountId === id && (state === "succeeded" || outcome === "happened"),
  );
}
