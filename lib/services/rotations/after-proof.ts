import type { StoredRotation } from "@/lib/db/rotations";
import type { Actor } from "@/lib/domain/operator";
import { overlapEnd } from "@/lib/domain/rotation-evidence";
import { actorOfEvent } from "@/lib/services/audit/record";
import { getPolicy } from "@/lib/services/policy/get-policy";

type Context = Parameters<typeof getPolicy>[0] & { actor: Actor };

/**
 * Where a rotation goes once its replacement is both handed over and proven: the overlap begins; where the predecessor
 * was revoked there is nothing left to do.
 */
export async function afterProof(context: Context, { kind, predecessorExpiresAt }: StoredRotation, at: string) {
  if (kind === "leak") {
    const { actorName } = actorOfEvent(context.actor);
    return { ended_at: at, ended_by: actorName, outcome: "predecessor_deleted" };
  }
  const { policy } = await getPolicy(context);
  return { step: "overlap", overlap_until: overlapEnd(at, policy.rotation.overlapDays, predecessorExpiresAt) };
}
