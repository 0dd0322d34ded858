import { findOpenRotationOf, type StoredRotation } from "@/lib/db/rotations";
import type { BreakGlassInput } from "@/lib/domain/rotation-input";
import type { IssuedAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout } from "@/lib/services/organizations/once";
import { cancelRotation } from "./cancel";
import { finishRotation } from "./finish";
import { issuedAnswer, issueOnce } from "./issue";
import { planRotation, settlePlan } from "./plan-rotation";
import { reissueReplacement } from "./reissue";
import { assertConfirmed, predecessorOf, type RotationRun, recorded, recordStep, replacementOf } from "./rotation-run";
import { writeDown } from "./start";

type Request = { context: OrganizationContext; input: BreakGlassInput; idempotencyKey: string };

/**
 * "This secret leaked": the account is deleted at once and a replacement issued in the same step. What the replacement
 * gets is written down first, so that whatever fails, the way on is the same: the rotation's page.
 */
export async function breakGlass({ context, input, idempotencyKey: key }: Request): Promise<IssuedAnswer> {
  const actor = requireOperator(context, "account:rotate");
  const request = { act: "break glass", organizationKey: context.organization.key, ...input };
  const intention = { actor, key, request };
  const earlier = await recorded(() => broughtAbout(context, intention));
  if (earlier !== null) return issuedAnswer(context, earlier, null);
  const open = await recorded(() => findOpenRotationOf(context.database, context.organization.key, input.accountId));
  const within = open ? await withinRotation({ context, actor }, open, input) : null;
  if (within) return within;
  const planned = await recorded(() => planRotation(context, input.accountId));
  assertConfirmed({ context, actor }, planned.predecessor, input.confirmation);
  const plan = settlePlan(planned, actor, { role: input.role, reference: context.reference });
  const id = await writeDown(context, intention, { planned, plan, kind: "leak", campaignId: null });
  await context.accountRotationCrashPoint?.("account_rotation_started");
  return issueOnce(context, id);
}

/** A rotation of it is open: then either of its sides may be the one whose secret leaked. */
async function withinRotation(
  { context, actor }: Pick<RotationRun, "context" | "actor">,
  rotation: StoredRotation,
  input: BreakGlassInput,
): Promise<IssuedAnswer | null> {
  const { id: rotationId } = rotation;
  const isReplacement = rotation.replacementId === input.accountId;
  const leaked = isReplacement ? replacementOf(rotation) : predecessorOf(rotation);
  assertConfirmed({ context, actor }, leaked, input.confirmation);
  const detail = { leaked: leaked.username };
  await recorded(() => recordStep(context, rotation, { action: "rotation.break_glass", outcome: "intended", detail }));
  if (isReplacement) return reissueReplacement({ context, rotationId, input });
  if (rotation.step === "revoke") return issueOnce(context, rotationId);
  if (rotation.replacementId === null) {
    // Nothing was issued yet: that rotation gives way to the one that begins with revoking.
    await cancelRotation({ context, rotationId });
    return null;
  }
  await finishRotation({ context, rotationId, input });
  return issuedAnswer(context, rotationId, null);
}
