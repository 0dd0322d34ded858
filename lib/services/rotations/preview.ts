import { findAllAccountNames } from "@/lib/db/change-targets";
import { findOpenRotationOf, listReplacementNames } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import { replacementName } from "@/lib/domain/replacement-name";
import { askableRoles } from "@/lib/domain/replacement-plan";
import type { RotationPreview } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { type PlannedRotation, planRotation, settlePlan } from "./plan-rotation";

type Request = { context: OrganizationContext; accountId: number };

/** What a rotation of this account would issue, before anything is written down. Throws `not_found`. */
export async function previewRotation({ context, accountId }: Request): Promise<RotationPreview> {
  const { database, organization, actor } = context;
  const { policy } = await getPolicy(context);
  const open = await findOpenRotationOf(database, organization.key, accountId);
  const nothing = { plan: null, roles: [], replacementName: null, handOverDue: null };
  const rest = { overlapDays: policy.rotation.overlapDays, openRotationId: open?.id ?? null };
  try {
    const planned = await planRotation(context, accountId);
    const roles = actor.kind === "operator" ? askableRoles(actor.operator.role) : [];
    return {
      ...rest,
      plan: planned.plan,
      roles,
      replacementName: await nextName(context, planned.predecessor.username),
      handOverDue: planned.handOverDue,
      own: false,
      refusal: refusalOf(context, planned),
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "own_credential") throw error;
    return { ...rest, ...nothing, own: true, refusal: error.details.reason ?? error.message };
  }
}

function refusalOf({ actor, reference }: OrganizationContext, planned: PlannedRotation): string | null {
  if (actor.kind !== "operator") return null;
  try {
    settlePlan(planned, actor, { role: planned.plan.role ?? "consumer", reference });
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.details.reason ?? error.message;
  }
}

async function nextName({ database, organization, now }: OrganizationContext, username: string): Promise<string> {
  const taken = [
    ...(await findAllAccountNames(database, organization.key)),
    ...(await listReplacementNames(database, organization.key)),
  ];
  return replacementName(username, now().toISOString().slice(0, 7), new Set(taken));
}
