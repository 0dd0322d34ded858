import type { StoredRotation } from "@/lib/db/rotations";
import type { AuditAction } from "@/lib/domain/audit-event";
import type { RotationOutcome } from "@/lib/domain/rotation";
import { loadRotation, type RotationRun, takeStep } from "./rotation-run";

const actions = {
  predecessor_deleted: "rotation.finish",
  predecessor_kept: "rotation.keep",
  cancelled: "rotation.cancel",
} as const satisfies Record<RotationOutcome, AuditAction>;

/** Ends it for good, as it is now. */
export async function endRotation(
  run: RotationRun,
  { id }: StoredRotation,
  outcome: RotationOutcome,
  detail: Record<string, unknown>,
): Promise<void> {
  const rotation = await loadRotation(run.context, id);
  if (rotation.endedAt !== null) return;
  await takeStep(run, rotation, {
    action: actions[outcome],
    outcome: "succeeded",
    detail: { outcome, ...detail },
    change: { ended_at: run.context.now().toISOString(), ended_by: run.actor.operator.name, outcome },
  });
}
