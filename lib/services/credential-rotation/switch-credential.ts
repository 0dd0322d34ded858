import { type RotationRow, updateRotation } from "@/lib/db/credential-rotations";
import { inTransaction } from "@/lib/db/in-transaction";
import { changeCredential, findCredential } from "@/lib/db/organization-credentials";
import { updateOrganization } from "@/lib/db/organizations";
import { AppError } from "@/lib/domain/app-error";
import { type RotationRun, recordStep } from "./run";

/** Takes the replacement into use, in one commit for all replicas; each follows with its next look into the database. */
export async function switchCredential({ context, actor, lease }: RotationRun, rotation: RotationRow): Promise<void> {
  const { replacement_username: username, replacement_credential_id: credential_id, sealed, key_id } = rotation;
  if (username === null || sealed === null || key_id === null) throw new AppError("internal");
  const at = context.now().toISOString();
  await inTransaction(context.database, async (transaction) => {
    await recordStep(context, rotation, "succeeded", { transaction });
    await lease.hold(transaction);
    const before = await findCredential(transaction, rotation.organization_key);
    if (before?.username !== rotation.predecessor_username) {
      throw new AppError("operation_in_progress", { reason: "The credential was replaced meanwhile. Cancel." });
    }
    const replaced = { replaced_by: actor.operator.name, replaced_at: at };
    await changeCredential(transaction, before, { username, credential_id, sealed, key_id, ...replaced });
    await updateOrganization(transaction, rotation.organization_key, {
      credential_username: username,
      credential_role: rotation.role,
    });
    await updateRotation(transaction, rotation, { step: "delete", switched_at: at, sealed: null, key_id: null });
  });
  await context.organizations.refresh(0);
}
