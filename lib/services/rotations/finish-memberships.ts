import { loadProjectIds } from "@/lib/db/inventory";
import { AppError } from "@/lib/domain/app-error";
import type { BatchAnswer } from "@/lib/domain/change";
import type { OrganizationContext } from "@/lib/services/context";
import { giveMemberships } from "./change-memberships";
import { examineRotation } from "./load-evidence";
import { missingOf } from "./membership-lists";
import { onRotation } from "./rotation-run";

type Request = { context: OrganizationContext; rotationId: string };

/** Gives the replacement what it should hold and does not yet. */
export async function finishMemberships({ context, rotationId }: Request): Promise<BatchAnswer> {
  return onRotation(context, rotationId, async (_, rotation) => {
    if (rotation.endedAt !== null || rotation.replacementId === null) {
      throw new AppError("rotation_not_ready", { reason: "There is no replacement that could be given anything." });
    }
    const examined = await examineRotation(context, rotation);
    const projects = await loadProjectIds(context.database, context.organization.key);
    const missing = missingOf(examined, new Set(projects));
    const results = await giveMemberships(context, rotation.replacementId, missing);
    return { batchId: rotation.id, kind: "assign", results };
  });
}
