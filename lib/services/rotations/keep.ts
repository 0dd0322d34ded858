import { AppError } from "@/lib/domain/app-error";
import { rotationCan } from "@/lib/domain/rotation";
import type { RotationAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { endRotation } from "./end-rotation";
import { getRotation } from "./get";
import { examineRotation } from "./load-evidence";
import { onRotation } from "./rotation-run";

type Request = { context: OrganizationContext; rotationId: string };

/** Ends the rotation with both accounts in place. */
export async function keepPredecessor({ context, rotationId }: Request): Promise<RotationAnswer> {
  await onRotation(context, rotationId, async (run, rotation) => {
    if (rotation.endedAt !== null) return;
    const { standing, evidence, now } = await examineRotation(context, rotation);
    const why = rotationCan.keep(standing, evidence, now);
    if (why !== null) throw new AppError("rotation_not_ready", { reason: why });
    await endRotation(run, rotation, "predecessor_kept", { replacement: rotation.replacementUsername });
  });
  return getRotation({ context, rotationId });
}
