import { AppError } from "@/lib/domain/app-error";
import { rotationCan } from "@/lib/domain/rotation";
import type { RotationAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { afterProof } from "./after-proof";
import { getRotation } from "./get";
import { examineRotation } from "./load-evidence";
import { onRotation, takeStep } from "./rotation-run";

type Request = { context: OrganizationContext; rotationId: string };

/** Somebody says that the new secret is where the old one was; from here on silence of the predecessor counts. */
export async function handOverRotation({ context, rotationId }: Request): Promise<RotationAnswer> {
  await onRotation(context, rotationId, async (run, rotation) => {
    if (rotation.endedAt !== null || rotation.handedOverAt !== null) return;
    const { standing, evidence, now } = await examineRotation(context, rotation);
    const why = rotationCan.handOver(standing, evidence, now);
    if (why !== null) throw new AppError("rotation_not_ready", { reason: why });
    const at = context.now().toISOString();
    const handedOver = { handed_over_by: run.actor.operator.name, handed_over_at: at };
    const next = rotation.provenAt === null ? { step: "prove" } : await afterProof(context, rotation, at);
    await takeStep(run, rotation, {
      action: "rotation.hand_over",
      outcome: "succeeded",
      detail: { replacement: rotation.replacementUsername },
      change: { ...handedOver, ...next },
    });
  });
  return getRotation({ context, rotationId });
}
