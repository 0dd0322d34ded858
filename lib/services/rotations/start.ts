import { findAllAccountNames } from "@/lib/db/change-targets";
import type { Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { findCampaign } from "@/lib/db/rotation-campaigns";
import { findOpenRotationOf, insertRotation, listReplacementNames, type NewRotation } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import { replacementName } from "@/lib/domain/replacement-name";
import type { ReplacementPlan } from "@/lib/domain/replacement-plan";
import type { StartRotationInput } from "@/lib/domain/rotation-input";
import type { IssuedAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout, type Intention, noteBroughtAbout } from "@/lib/services/organizations/once";
import { issuedAnswer, issueOnce } from "./issue";
import { type PlannedRotation, planRotation, settlePlan } from "./plan-rotation";
import { recorded, recordStep } from "./rotation-run";

type Request = { context: OrganizationContext; input: StartRotationInput; idempotencyKey: string };

/**
 * Writes a rotation down and issues its replacement, whose secret is in the answer. What goes wrong after it was written
 * down is in the answer as well, for then the rotation goes on from its page.
 */
export async function startRotation({ context, input, idempotencyKey: key }: Request): Promise<IssuedAnswer> {
  const actor = requireOperator(context, "account:rotate");
  const intention = {
    actor,
    key,
    request: { act: "rotate account", organizationKey: context.organization.key, ...input },
  };
  const earlier = await recorded(() => broughtAbout(context, intention));
  if (earlier !== null) return issuedAnswer(context, earlier, null);
  const planned = await recorded(() => planRotation(context, input.accountId));
  const plan = settlePlan(planned, actor, { role: input.role, reference: context.reference });
  const id = await writeDown(context, intention, { planned, plan, kind: "planned", campaignId: input.campaignId });
  await context.accountRotationCrashPoint?.("account_rotation_started");
  return issueOnce(context, id);
}

type Start = {
  planned: PlannedRotation;
  plan: ReplacementPlan;
  kind: "planned" | "leak";
  campaignId: string | null;
};

/** Answers the rotation's id; nothing has been changed at Mixpanel then. */
export async function writeDown(context: OrganizationContext, intention: Intention, start: Start): Promise<string> {
  const { database, organization, newId, now } = context;
  const { planned, plan, kind, campaignId } = start;
  const { predecessor } = planned;
  const rotation = {
    id: newId(),
    organization_key: organization.key,
    campaign_id: campaignId,
    kind,
    step: kind === "leak" ? "revoke" : "issue",
    predecessor_id: predecessor.id,
    predecessor_username: predecessor.username,
    predecessor_expires_at: predecessor.expires_at,
    plan: JSON.stringify(plan),
    hand_over_due: kind === "leak" ? now().toISOString() : planned.handOverDue,
    started_by: intention.actor.operator.name,
    started_at: now().toISOString(),
  };
  await recorded(() =>
    inTransaction(database, async (transaction) => {
      await tell(context, transaction, { ...start, id: rotation.id });
      const open = await findOpenRotationOf(transaction, organization.key, predecessor.id);
      if (open) throw openAlready(predecessor.name, open);
      if (campaignId !== null) await assertMember(transaction, organization.key, campaignId, predecessor.id);
      await noteBroughtAbout(context, transaction, intention, rotation.id);
      await insertRotation(transaction, {
        ...rotation,
        replacement_name: await nameFor(context, transaction, predecessor),
      });
    }),
  );
  return rotation.id;
}

/** Everything chosen is told before anything is done; the record's lock lets one rotation at a time choose its name. */
async function tell(
  context: OrganizationContext,
  transaction: Transaction,
  { id, planned: { predecessor }, plan, kind, campaignId }: Start & { id: string },
): Promise<void> {
  const subject = {
    id,
    step: "issue" as const,
    organizationKey: context.organization.key,
    predecessorId: predecessor.id,
    predecessorUsername: predecessor.username,
  };
  const detail = {
    predecessor: predecessor.username,
    role: plan.role,
    expiresAt: plan.expiresAt,
    projects: plan.projects.map(({ id: project, role }) => ({ project, role })),
    notCopyable: plan.notCopyable.length,
    ...(campaignId !== null && { campaign: campaignId }),
  };
  const action = kind === "leak" ? "rotation.break_glass" : "rotation.start";
  await recordStep(context, subject, { action, outcome: "intended", detail }, transaction);
}

async function nameFor(
  { organization, now }: OrganizationContext,
  transaction: Transaction,
  { username }: { username: string },
): Promise<NewRotation["replacement_name"]> {
  const taken = new Set([
    ...(await findAllAccountNames(transaction, organization.key)),
    ...(await listReplacementNames(transaction, organization.key)),
  ]);
  return replacementName(username, now().toISOString().slice(0, 7), taken);
}

async function assertMember(
  transaction: Transaction,
  key: string,
  campaignId: string,
  accountId: number,
): Promise<void> {
  const campaign = await findCampaign(transaction, key, campaignId);
  if (campaign?.endedAt === null && campaign.members.some(({ id }) => id === accountId)) return;
  throw new AppError("not_found", { reason: "This campaign is closed, or this service account is not in it." });
}

function openAlready(name: string, { startedBy, startedAt }: { startedBy: string; startedAt: string }): AppError {
  const since = `${startedAt.slice(0, 16).replace("T", " ")} UTC`;
  const reason = `${name} is part of a rotation that ${startedBy} began at ${since}. Go on with that one, or cancel it.`;
  return new AppError("operation_in_progress", { reason });
}
