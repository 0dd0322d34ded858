import { findAnnotation } from "@/lib/db/annotations";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import { findAccount, findMembershipsWithProjects } from "@/lib/db/service-accounts";
import { AppError } from "@/lib/domain/app-error";
import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import { knownOrganizationRole, type ReplacementPlan, roleAbove, splitCopyable } from "@/lib/domain/replacement-plan";
import type { WritableRole } from "@/lib/domain/role";
import { handOverDue } from "@/lib/domain/rotation-evidence";
import type { OrganizationContext } from "@/lib/services/context";
import { upstreamNow } from "@/lib/services/inventory/sync-view";
import { protectOwnCredential } from "@/lib/services/operations/protect-own-credential";
import type { OperatorActor } from "@/lib/services/operations/require-operator";
import { splitByCeiling } from "@/lib/services/operations/split-by-ceiling";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { toMembershipView } from "@/lib/services/service-accounts/membership-view";

export type PlannedRotation = {
  predecessor: StoredAccount;
  /** Null in `role` where somebody has to say. */
  plan: Omit<ReplacementPlan, "role"> & { role: WritableRole | null };
  handOverDue: string;
};

/** What a replacement of this account would get, as the stored picture has it. Throws `not_found` and `own_credential`. */
export async function planRotation(context: OrganizationContext, accountId: number): Promise<PlannedRotation> {
  const { database, organization, now } = context;
  const predecessor = await findAccount(database, organization.key, accountId);
  if (!predecessor) throw new AppError("not_found", { reason: "No such service account is in the inventory." });
  await refuseOwn(context, predecessor);
  const rows = await findMembershipsWithProjects(database, organization.key, [accountId]);
  const held = rows.map(toMembershipView);
  const { policy } = await getPolicy(context);
  const annotation = await findAnnotation(database, organization.key, accountId);
  const { lifetimeDays, leadTimeDays } = policy.rotation;
  const plan = {
    role: knownOrganizationRole(predecessor.organization_role, held),
    expiresAt: expiryAfterDays(lifetimeDays, upstreamNow(now(), organization.upstream.clockSkewMs())),
    ...splitCopyable(held),
  };
  const due = handOverDue(now().toISOString(), annotation.leadTimeDays ?? leadTimeDays, predecessor.expires_at);
  return { predecessor, plan, handOverDue: due };
}

type Asked = { role: WritableRole | undefined; reference: string };

/** The plan with its role settled; throws why this operator may not carry it out. */
export function settlePlan(planned: PlannedRotation, actor: OperatorActor, asked: Asked): ReplacementPlan {
  const settled = settleOrRefuse(planned, actor, asked);
  if (settled instanceof AppError) throw settled;
  return settled;
}

export function settleOrRefuse(
  { predecessor, plan }: PlannedRotation,
  actor: OperatorActor,
  { role, reference }: Asked,
): ReplacementPlan | AppError {
  const { unsent } = splitByCeiling([predecessor], actor.operator.role, reference);
  const above = unsent[0]?.error;
  if (above) return new AppError("role_above_ceiling", { reason: above.reason });
  const settled = plan.role ?? role;
  if (settled === undefined) return wrongRole("Say which role it has in the organization: Mixpanel does not tell it.");
  if (role !== undefined && role !== settled) return wrongRole(`It is known to be ${settled} of the organization.`);
  const whole = { ...plan, role: settled };
  const tooHigh = roleAbove(whole, actor.operator.role);
  if (tooHigh === null) return whole;
  const reason = `A ${actor.operator.role} may not grant ${tooHigh}. Nothing was sent.`;
  return new AppError("role_above_ceiling", { reason, fields: { role: reason } });
}

async function refuseOwn(context: OrganizationContext, predecessor: StoredAccount): Promise<void> {
  try {
    await protectOwnCredential(context, [predecessor]);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "own_credential") throw error;
    const reason = `${predecessor.name} is what Keywarden signs in to Mixpanel with. It is rotated on the settings page.`;
    throw new AppError("own_credential", { reason });
  }
}

function wrongRole(message: string): AppError {
  return new AppError("bad_request", { reason: message, fields: { role: message } });
}
