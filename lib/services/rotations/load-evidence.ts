import { loadAccounts } from "@/lib/db/inventory";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import { findBatch } from "@/lib/db/operations";
import { findOrganizations } from "@/lib/db/organizations";
import type { StoredRotation } from "@/lib/db/rotations";
import { findMembershipsWithProjects, type MembershipWithProject } from "@/lib/db/service-accounts";
import { loadUsageHistories } from "@/lib/db/usage-histories";
import { isFinished } from "@/lib/domain/operation";
import { splitCopyable } from "@/lib/domain/replacement-plan";
import type { RotationStanding } from "@/lib/domain/rotation";
import { evidenceOf, type RotationEvidence } from "@/lib/domain/rotation-evidence";
import type { SyncContext } from "@/lib/services/inventory/sync-context";
import { upstreamNow } from "@/lib/services/inventory/sync-view";
import { getPolicy } from "@/lib/services/policy/get-policy";

/** A rotation with what the stored picture shows of its two sides. */
export type Examined = {
  rotation: StoredRotation;
  standing: RotationStanding;
  evidence: RotationEvidence;
  predecessor: StoredAccount | undefined;
  replacement: StoredAccount | undefined;
  /** What each of them holds now. */
  held: { predecessor: MembershipWithProject[]; replacement: MembershipWithProject[] };
  /** Mixpanel's clock. */
  now: Date;
};

export async function examineRotations(
  context: SyncContext,
  rotations: readonly StoredRotation[],
): Promise<Examined[]> {
  return Promise.all(rotations.map(await examinerOf(context, rotations)));
}

/** `seenAt` where the predecessor was just read by itself; else the picture's age counts. */
export async function examineRotation(
  context: SyncContext,
  rotation: StoredRotation,
  seenAt?: string,
): Promise<Examined> {
  const examine = await examinerOf(context, [rotation], seenAt);
  return examine(rotation);
}

/** Examines any of these rotations, with what stands beside them read once for all. */
async function examinerOf(context: SyncContext, rotations: readonly StoredRotation[], seenAt?: string) {
  const { database, organization } = context;
  const ids = rotations.flatMap(({ predecessorId, replacementId }) => [predecessorId, replacementId ?? predecessorId]);
  const sides = [...new Set(ids)];
  const [state] = await findOrganizations(database, [organization.key]);
  const now = upstreamNow(context.now(), state?.clock_skew_ms ?? null);
  const accounts = new Map((await loadAccounts(database, organization.key, sides)).map((row) => [row.id, row]));
  const histories = await loadUsageHistories(database, organization.key, sides);
  const memberships = await findMembershipsWithProjects(database, organization.key, sides);
  const heldBy = (id: number | null) => memberships.filter((row) => row.account_id === id);
  const { policy } = await getPolicy(context);
  return async (rotation: StoredRotation): Promise<Examined> => {
    const predecessor = accounts.get(rotation.predecessorId);
    const replacement = accounts.get(rotation.replacementId ?? -1);
    const held = { predecessor: heldBy(rotation.predecessorId), replacement: heldBy(rotation.replacementId) };
    const evidence = evidenceOf({
      now,
      seenAt: seenAt ?? state?.synced_at ?? null,
      quietDays: policy.rotation.quietDays,
      handedOverAt: rotation.handedOverAt,
      restoredAt: rotation.restoredAt,
      predecessor: predecessor
        ? {
            lastUsedAt: predecessor.last_used_at,
            expiresAt: predecessor.expires_at,
            history: histories.get(predecessor.id) ?? null,
            removable: copyableOf(held.predecessor).length,
          }
        : null,
      replacement: replacement ? { lastUsedAt: replacement.last_used_at } : null,
      ownUseUntil: rotation.ownUseUntil,
    });
    return { rotation, standing: await standingOf(context, rotation), evidence, predecessor, replacement, held, now };
  };
}

/** The individual grants that could be given again. */
export function copyableOf(held: readonly MembershipWithProject[]) {
  return splitCopyable(
    held.map(({ project_id, name, role, grant_type }) => ({
      projectId: project_id,
      projectName: name,
      role,
      grant: grant_type,
    })),
  ).projects;
}

async function standingOf({ database }: SyncContext, rotation: StoredRotation): Promise<RotationStanding> {
  const { kind, step, replacementId, handedOverAt, provenAt, overlapUntil, quarantinedAt, endedAt } = rotation;
  const deletions = await findBatch(database, rotation.deleteBatchId);
  const deleting = endedAt === null && deletions.some(({ state }) => !isFinished(state));
  return { kind, step, deleting, replacementId, handedOverAt, provenAt, overlapUntil, quarantinedAt, endedAt };
}
