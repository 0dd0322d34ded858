import { loadProjectIds } from "@/lib/db/inventory";
import type { StoredRotation } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import { rotationCan } from "@/lib/domain/rotation";
import type { RotationAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { countDone, giveMemberships, takeMemberships } from "./change-memberships";
import { getRotation } from "./get";
import { copyableOf, examineRotation } from "./load-evidence";
import { removedOf } from "./membership-lists";
import { loadRotation, onRotation, type RotationRun, recordStep, takeStep } from "./rotation-run";

type Request = { context: OrganizationContext; rotationId: string };

/**
 * Takes the predecessor's individual memberships away, remembered first, so that whoever still uses it is heard of before
 * it is deleted. Asked again, it takes away what is left.
 */
export async function quarantinePredecessor({ context, rotationId }: Request): Promise<RotationAnswer> {
  await onRotation(context, rotationId, async (run, found) => {
    const { standing, evidence, held, now } = await examineRotation(context, found);
    const why = rotationCan.quarantine(standing, evidence, now);
    if (why !== null) throw new AppError("rotation_not_ready", { reason: why });
    const memberships = copyableOf(held.predecessor);
    const rotation = found.quarantinedAt === null ? await remember(run, found, memberships) : found;
    await context.accountRotationCrashPoint?.("account_rotation_quarantining");
    const results = await takeMemberships(context, rotation.predecessorId, memberships);
    await context.accountRotationCrashPoint?.("account_rotation_quarantined");
    await tellOutcome(run, rotation, "rotation.quarantine", countDone(results));
  });
  return getRotation({ context, rotationId });
}

function remember(run: RotationRun, rotation: StoredRotation, memberships: ReturnType<typeof copyableOf>) {
  const projects = memberships.map(({ id, role }) => ({ project: id, role }));
  return takeStep(run, rotation, {
    action: "rotation.quarantine",
    outcome: "intended",
    detail: { memberships: projects },
    change: {
      step: "quarantine",
      quarantined_at: run.context.now().toISOString(),
      removed_memberships: JSON.stringify(memberships),
    },
  });
}

/** Gives back what quarantine took away; where some of it fails, the rest can be given back with the next click. */
export async function restorePredecessor({ context, rotationId }: Request): Promise<RotationAnswer> {
  await onRotation(context, rotationId, async (run, rotation) => {
    const { standing, evidence, now } = await examineRotation(context, rotation);
    const why = rotationCan.restore(standing, evidence, now);
    if (why !== null) throw new AppError("rotation_not_ready", { reason: why });
    await giveBack(run, rotation);
  });
  return getRotation({ context, rotationId });
}

/** Throws `rotation_not_ready` while some of it is still missing. */
export async function giveBack(run: RotationRun, rotation: StoredRotation): Promise<StoredRotation> {
  const { context } = run;
  if (rotation.quarantinedAt === null) return rotation;
  const missing = await stillAway(run, rotation);
  await recordStep(context, rotation, {
    action: "rotation.restore",
    outcome: "intended",
    detail: { memberships: missing.length },
  });
  await giveMemberships(context, rotation.predecessorId, missing);
  await context.accountRotationCrashPoint?.("account_rotation_restored");
  const left = await stillAway(run, rotation);
  const done = { done: missing.length - left.length, of: missing.length };
  if (left.length > 0) {
    await tellOutcome(run, rotation, "rotation.restore", done);
    const reason = `${done.done} of ${done.of} memberships were given back. Try the rest again.`;
    throw new AppError("rotation_not_ready", { reason });
  }
  await run.lease.keep();
  return takeStep(run, rotation, {
    action: "rotation.restore",
    outcome: "succeeded",
    detail: done,
    change: {
      ...(rotation.step === "quarantine" && { step: "overlap" }),
      quarantined_at: null,
      removed_memberships: null,
      restored_at: context.now().toISOString(),
    },
  });
}

async function stillAway({ context }: RotationRun, { id }: StoredRotation) {
  const examined = await examineRotation(context, await loadRotation(context, id));
  const projects = await loadProjectIds(context.database, context.organization.key);
  return removedOf(examined, new Set(projects));
}

async function tellOutcome(
  { context }: RotationRun,
  rotation: StoredRotation,
  action: "rotation.quarantine" | "rotation.restore",
  { done, of }: { done: number; of: number },
): Promise<void> {
  await recordStep(context, rotation, { action, outcome: done === of ? "succeeded" : "failed", detail: { done, of } });
}
