import { type RotationRow, updateRotation } from "@/lib/db/credential-rotations";
import { inTransaction } from "@/lib/db/in-transaction";
import { AppError } from "@/lib/domain/app-error";
import { deleteForRotation } from "./delete-for-rotation";
import { type RotationRun, recordStep } from "./run";

/** Deletes the predecessor with the credential that has taken its place, and ends the rotation. */
export async function deletePredecessor(
  run: RotationRun,
  rotation: RotationRow,
  { keep }: { keep: boolean },
): Promise<void> {
  const { context } = run;
  const { predecessor_account_id: id, predecessor_username: username } = rotation;
  const deletes = !keep && id !== null;
  if (deletes) {
    await assertSwitchedHere(run, username);
    await deleteForRotation(run, rotation, { id, username });
  }
  await context.rotationCrashPoint?.("rotation_deleted");
  await endRotation(run, rotation, deletes ? "predecessor_deleted" : "predecessor_kept");
}

/** Ends it for good; no secret stays in its row. */
export async function endRotation(
  { context, lease }: RotationRun,
  rotation: RotationRow,
  outcome: "predecessor_deleted" | "predecessor_kept" | "cancelled",
): Promise<void> {
  const ended = { ended_at: context.now().toISOString(), outcome, sealed: null, key_id: null };
  await inTransaction(context.database, async (transaction) => {
    await recordStep(context, rotation, "succeeded", { transaction, detail: { outcome } });
    await lease.hold(transaction);
    await updateRotation(transaction, rotation, ended);
  });
}

/** A process that could not look into the database since the switch would cut its own access. */
async function assertSwitchedHere({ context }: RotationRun, predecessor: string): Promise<void> {
  await context.organizations.refresh(0);
  if (context.organization.credentialUsername === predecessor) throw new AppError("own_credential");
}
