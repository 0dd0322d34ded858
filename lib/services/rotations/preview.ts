import { findAllAccountNames } from "@/lib/db/change-targets";
import { findOpenRotationOf, listReplacementNames } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import { replacementName } from "@/lib/domain/replacement-name";
import { askableRoles } from "@/lib/domain/replacement-plan";
import type { RotationPreview } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { type OperatorActor, requireOperator } from "@/lib/services/operations/require-operator";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { type PlannedRotation, planRotation, settleOrRefuse } from "./plan-rotation";

type Request = { context: OrganizationContext; accountId: number };

/** What a rotation of this account would issue, before anything is written down. Throws `not_found`. */
export async function previewRotation({ context, accountId }: Request): Promise<RotationPreview> {
  const actor = requireOperator(context, "inventory:read");
  const { database, organization } = context;
  const { policy } = await getPolicy(context);
  const open = await findOpenRotationOf(database, organization.key, accountId);
  const nothing = { plan: null, roles: [], replacementName: null, handOverDue: null };
  const rest = { overlapDays: policy.rotation.overlapDays, openRotationId: open?.id ?? null };
  try {
    const planned = await planRotation(context, accountId);
    return {
      ...rest,
      plan: planned.plan,
      roles: askableRoles(actor.operator.role),
      replacementName: await nextName(context, planned.predecessor.username),
      handOverDue: planned.handOverDue,
      own: false,
      refusal: refusalOf(context, actor, planned),
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "own_credential") throw error;
    return { ...rest, ...nothing, own: true, refusal: error.reason };
  }
}

function refusalOf({ reference }: OrganizationContext, actor: OperatorActor, planned: PlannedRotation): string | null {
  const settled = settleOrRefuse(planned, actor, { role: planned.plan.role ?? "consumer", reference });
  return settled instanceof AppError ? settled.reason : null;
}

async function nextName({ database, organization, now }: OrganizationContext, username: string): Promise<string> {
  const taken = [
    ...(await findAllAccountNames(database, organization.key)),
    ...(await listReplacementNames(database, organization.key)),
  ];
  return replacementName(username, now().toISOString().slice(0, 7), new Set(taken));
}
