import { loadAnnotations } from "@/lib/db/annotations";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import { findBatch, type StoredOperation } from "@/lib/db/operations";
import { listOpenableSecrets } from "@/lib/db/sealed-secrets";
import { type Actor, withinCeiling } from "@/lib/domain/operator";
import { roleAbove } from "@/lib/domain/replacement-plan";
import { cancelUndoes, phaseOf, type RotationAction, rotationCan } from "@/lib/domain/rotation";
import { nextOf } from "@/lib/domain/rotation-next";
import type { RotationView } from "@/lib/domain/rotation-view";
import { splitUsername } from "@/lib/domain/service-account";
import type { OrganizationContext } from "@/lib/services/context";
import { describeOperation } from "@/lib/services/operations/describe-operation";
import { isStale } from "@/lib/services/operations/live-runs";
import type { Examined } from "./load-evidence";

/** Rotations as the asking operator sees them. */
export async function viewRotations(
  context: OrganizationContext,
  examined: readonly Examined[],
): Promise<RotationView[]> {
  return Promise.all(examined.map(await viewerOf(context, examined)));
}

export async function viewRotation(context: OrganizationContext, examined: Examined): Promise<RotationView> {
  const view = await viewerOf(context, [examined]);
  return view(examined);
}

/** Views any of these rotations, with what stands beside them read once for all. */
async function viewerOf(context: OrganizationContext, examined: readonly Examined[]) {
  const { database, organization } = context;
  const owners = await loadAnnotations(
    database,
    organization.key,
    examined.map(({ rotation }) => rotation.predecessorId),
  );
  const sealed = await listOpenableSecrets(database, organization.key, context.now().toISOString());
  const until = new Map(sealed.map((row) => [row.operation_id, row.expires_at]));
  return async (one: Examined): Promise<RotationView> => {
    const { issueBatchId, deleteBatchId, predecessorId, endedAt, step } = one.rotation;
    const batchId = step === "revoke" ? deleteBatchId : issueBatchId;
    const issue = endedAt === null ? (await findBatch(database, batchId)).at(-1) : undefined;
    const annotation = owners.get(predecessorId);
    const people = { owner: annotation?.owner ?? null, contact: annotation?.contact ?? null };
    return viewOf(context, one, { ...people, issue, secretUntil: until.get(issue?.id ?? "") ?? null });
  };
}

type Beside = {
  owner: string | null;
  contact: string | null;
  issue: StoredOperation | undefined;
  secretUntil: string | null;
};

function viewOf(context: OrganizationContext, examined: Examined, beside: Beside): RotationView {
  const { rotation, standing, evidence, now } = examined;
  const phase = phaseOf(standing, now);
  const can = refusalsOf(examined, context.actor);
  const { name } = splitUsername(rotation.predecessorUsername);
  const { owner, contact, issue } = beside;
  return {
    id: rotation.id,
    kind: rotation.kind,
    phase,
    outcome: rotation.outcome,
    campaignId: rotation.campaignId,
    predecessor: {
      id: rotation.predecessorId,
      username: rotation.predecessorUsername,
      name,
      ...sideOf(examined.predecessor),
      expiresAt: rotation.predecessorExpiresAt,
    },
    replacement: {
      id: rotation.replacementId,
      username: rotation.replacementUsername,
      name: rotation.replacementName,
      ...sideOf(examined.replacement),
    },
    owner,
    contact,
    ...datesOf(rotation),
    evidence: rotation.endedAt === null ? evidence : rotation.evidence,
    can,
    undoes: cancelUndoes({ ...standing, issuing: rotation.issueBatchId !== null }, evidence),
    problem: (phase === "issue" || phase === "revoke") && issue ? problemOf(context, issue) : null,
    secret: secretOf(context.actor, issue, beside.secretUntil),
    next: nextOf(
      {
        phase,
        kind: rotation.kind,
        predecessor: name,
        replacement: rotation.replacementName,
        issuedBy: rotation.issuedBy,
        owner,
        startedBy: rotation.startedBy,
        handOverDue: rotation.handOverDue,
        overlapUntil: rotation.overlapUntil,
        deleting: standing.deleting,
        deletable: rotationCan.delete(standing, evidence, now) === null,
      },
      evidence,
    ),
  };
}

function sideOf(account: StoredAccount | undefined) {
  return {
    exists: account !== undefined,
    expiresAt: account?.expires_at ?? null,
    lastUsedAt: account?.last_used_at ?? null,
  };
}

function datesOf(rotation: Examined["rotation"]) {
  const { startedBy, startedAt, issuedBy, issuedAt, handOverDue, handedOverBy, handedOverAt, provenAt, provenHow } =
    rotation;
  const { replacementUsedAt, predecessorUsedAt, overlapUntil, quarantinedAt, restoredAt, endedBy, endedAt } = rotation;
  return {
    ...{ startedBy, startedAt, issuedBy, issuedAt, handOverDue, handedOverBy, handedOverAt, provenAt, provenHow },
    ...{ replacementUsedAt, predecessorUsedAt, overlapUntil, quarantinedAt, restoredAt, endedBy, endedAt },
  };
}

/** The table's reasons; before them, a role that keeps this operator out of all of it. */
function refusalsOf(
  { rotation, standing, evidence, now }: Examined,
  actor: Actor,
): Record<RotationAction, string | null> {
  const role = actor.kind === "operator" ? actor.operator.role : "viewer";
  const above = roleAbove(rotation.plan, role);
  const lowRole = withinCeiling(role, "consumer") ? null : "Your role may look at rotations only.";
  const out = lowRole ?? (above === null ? null : `It holds ${above}, which a ${role} may not touch.`);
  const reason = (action: RotationAction) => out ?? rotationCan[action](standing, evidence, now);
  return {
    issue: reason("issue"),
    reissue: reason("reissue"),
    handOver: reason("handOver"),
    quarantine: reason("quarantine"),
    restore: reason("restore"),
    delete: reason("delete"),
    override: reason("override"),
    keep: reason("keep"),
    cancel: reason("cancel"),
  };
}

function problemOf(context: OrganizationContext, issue: StoredOperation): string | null {
  if (issue.state === "succeeded") return null;
  const facts = { secretUntil: null, accountExists: true, mine: true, stale: isStale(issue, context.now()) };
  return describeOperation(issue, facts);
}

function secretOf(actor: Actor, issue: StoredOperation | undefined, until: string | null): RotationView["secret"] {
  if (!issue || until === null) return null;
  const mine = actor.kind === "operator" && actor.operator.id === issue.actorId;
  return { operationId: issue.id, until, mine, operator: issue.actorName };
}
