import { loadProjectIds } from "@/lib/db/inventory";
import type { RotationAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { examineRotation } from "./load-evidence";
import { missingOf, removedOf } from "./membership-lists";
import { loadRotation } from "./rotation-run";
import { viewRotation } from "./rotation-view";

/** One rotation with what is missing on either side. Throws `not_found`. */
export async function getRotation({
  context,
  rotationId,
}: {
  context: OrganizationContext;
  rotationId: string;
}): Promise<RotationAnswer> {
  const examined = await examineRotation(context, await loadRotation(context, rotationId));
  const projects = new Set(await loadProjectIds(context.database, context.organization.key));
  const open = examined.rotation.endedAt === null;
  return {
    rotation: await viewRotation(context, examined),
    plan: examined.rotation.plan,
    missing: open ? missingOf(examined, projects) : [],
    removed: open ? removedOf(examined, projects) : [],
  };
}
