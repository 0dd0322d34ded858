import { inTransaction } from "@/lib/db/in-transaction";
import { loadAccounts } from "@/lib/db/inventory";
import { findRotationOfIssue, type StoredRotation, updateRotation } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";
import { afterProof } from "./after-proof";
import { recordStep } from "./rotation-run";

/** Mixpanel dates our own trial some seconds around it; until its date is read, this long counts as ours. */
const OWN_USE_MS = 5 * 60_000;

type Issue = { batchId: string; organizationKey: string };

/** Before the console signs in with a replacement: a use around now is its own and no receipt. */
export async function noteTrialBegins(context: OrganizationContext, issue: Issue): Promise<void> {
  const rotation = await openRotation(context, issue);
  if (!rotation) return;
  try {
    const until = new Date(context.now().getTime() + OWN_USE_MS).toISOString();
    await updateRotation(context.database, rotation, { own_use_until: until });
  } catch (error) {
    throw new AppError("read_only", {}, error);
  }
}

/** It worked: that is a proof, and Mixpanel's date of it is where the console's own use ends. */
export async function noteTrialWorked(context: OrganizationContext, issue: Issue): Promise<void> {
  const rotation = await openRotation(context, issue);
  if (!rotation || rotation.replacementId === null) return;
  const [account] = await loadAccounts(context.database, rotation.organizationKey, [rotation.replacementId]);
  const at = context.now().toISOString();
  const own = account?.last_used_at ? { own_use_until: account.last_used_at } : {};
  await inTransaction(context.database, async (transaction) => {
    if (rotation.provenAt !== null) {
      await updateRotation(transaction, rotation, own);
      return;
    }
    const detail = { how: "tried", replacement: rotation.replacementUsername };
    await recordStep(context, rotation, { action: "rotation.prove", outcome: "succeeded", detail }, transaction);
    const waited = rotation.step === "prove";
    const next = waited ? await afterProof({ ...context, database: transaction }, rotation, at) : {};
    await updateRotation(transaction, rotation, { ...own, proven_at: at, proven_how: "tried", ...next });
  });
}

async function openRotation({ database }: OrganizationContext, { batchId, organizationKey }: Issue) {
  const rotation: StoredRotation | undefined = await findRotationOfIssue(database, organizationKey, batchId);
  return rotation?.endedAt === null ? rotation : undefined;
}
