import type { Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { findBatch } from "@/lib/db/operations";
import { listOpenRotations, type StoredRotation, updateRotation } from "@/lib/db/rotations";
import type { Actor } from "@/lib/domain/operator";
import type { SyncContext } from "@/lib/services/inventory/sync-context";
import { isDeleted } from "@/lib/services/service-accounts/delete-once";
import { afterProof } from "./after-proof";
import { type Examined, examineRotations } from "./load-evidence";
import { recordStep } from "./rotation-run";

const actor: Actor = { kind: "system", name: "rotation-watch" };
type Watching = SyncContext & { actor: Actor };

/**
 * After each reading of Mixpanel: notes first uses of replacements (the receipt) and later uses of predecessors, and
 * ends what a process that died had finished. It changes nothing at Mixpanel.
 */
export async function watchRotations(context: SyncContext): Promise<void> {
  const open = await listOpenRotations(context.database, context.organization.key);
  for (const examined of await examineRotations(context, open)) {
    await inTransaction(context.database, (transaction) =>
      note({ ...context, database: transaction, actor }, examined),
    );
  }
}

async function note(context: Watching & { database: Transaction }, examined: Examined): Promise<void> {
  await noteDeletion(context, examined);
  await noteUses(context, examined);
}

/** The deletion is known to have happened, but whoever asked for it could not write the end down. */
async function noteDeletion(context: Watching & { database: Transaction }, { rotation }: Examined): Promise<void> {
  const { deleteBatchId, step, kind, predecessorId, evidence } = rotation;
  if (kind === "leak" || step === "cancelling") return;
  if (!isDeleted(await findBatch(context.database, deleteBatchId), { id: predecessorId })) return;
  const detail = { outcome: "predecessor_deleted", evidence };
  await recordStep(context, rotation, { action: "rotation.finish", outcome: "succeeded", detail }, context.database);
  const at = context.now().toISOString();
  const end = { ended_at: at, ended_by: "Keywarden", outcome: "predecessor_deleted" };
  await updateRotation(context.database, rotation, end);
}

async function noteUses(
  context: Watching & { database: Transaction },
  { rotation, evidence }: Examined,
): Promise<void> {
  const { replacementUsedAt: used, predecessorUsedAt } = evidence;
  const again =
    rotation.handedOverAt !== null && predecessorUsedAt !== null && predecessorUsedAt > rotation.handedOverAt;
  const seen = {
    ...(used !== null && used !== rotation.replacementUsedAt && { replacement_used_at: used }),
    ...(again && predecessorUsedAt !== rotation.predecessorUsedAt && { predecessor_used_at: predecessorUsedAt }),
  };
  const first = used !== null && rotation.replacementUsedAt === null;
  if (first) await recordReceipt(context, rotation, used);
  const proof = first ? await proofBy(context, rotation) : {};
  const change = { ...seen, ...proof };
  if (Object.keys(change).length > 0) await updateRotation(context.database, rotation, change);
}

function recordReceipt(context: Watching & { database: Transaction }, rotation: StoredRotation, lastUsedAt: string) {
  const detail = { how: "used", replacement: rotation.replacementUsername, lastUsedAt };
  return recordStep(context, rotation, { action: "rotation.prove", outcome: "succeeded", detail }, context.database);
}

async function proofBy(context: Watching, rotation: StoredRotation) {
  if (rotation.step !== "hand_over" && rotation.step !== "prove") return {};
  const at = context.now().toISOString();
  return {
    // Who uses it has it, whether anybody said so or not.
    ...(rotation.handedOverAt === null && { handed_over_at: at }),
    ...(rotation.provenAt === null && { proven_at: at, proven_how: "used" }),
    ...(await afterProof(context, rotation, at)),
  };
}
