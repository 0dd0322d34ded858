import { findAnnotation, saveAnnotation } from "@/lib/db/annotations";
import { findAccountIdsByName } from "@/lib/db/change-targets";
import type { Transaction } from "@/lib/db/database";
import { loadProjects } from "@/lib/db/inventory";
import { type StoredRotation, updateRotation } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import { type CreatedAnswer, createInputSchema } from "@/lib/domain/change";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { whileLive } from "@/lib/services/operations/live-runs";
import { newOperation, prepareOperations } from "@/lib/services/operations/prepare-operations";
import { carryOutCreate } from "@/lib/services/service-accounts/carry-out-create";
import { discardReplacement } from "./discard-replacement";
import { loadRotation, movedOn, type RotationRun, recordStep } from "./rotation-run";

/** Projects that one create names at most; the rest is assigned afterwards. */
const PROJECTS_PER_CREATE = 200;

/**
 * Creates the replacement as one operation; the rotation moves on in the commit of its outcome. What an earlier attempt
 * has left behind is deleted first. Throws what kept it from being created; then the rotation stays where it is.
 */
export async function issueReplacement(run: RotationRun, stale: StoredRotation): Promise<CreatedAnswer> {
  const { context, actor, lease } = run;
  await discardReplacement(run, stale);
  await lease.keep();
  const rotation = await loadRotation(context, stale.id);
  if (rotation.step !== "issue") throw movedOn();
  const { input, projects } = await inputFor(run, rotation);
  const batchId = context.newId();
  const sameNameIds = await findAccountIdsByName(context.database, rotation.organizationKey, input.name);
  const operation = newOperation(context, actor, batchId, {
    kind: "create",
    accountId: null,
    accountName: input.name,
    projectId: null,
    projectName: null,
    input,
    beforeState: { sameNameIds },
  });
  await prepareOperations({
    context,
    operations: [operation],
    guard: async (transaction) => {
      await lease.hold(transaction);
      if (!(await updateRotation(transaction, rotation, { issue_batch_id: batchId }))) throw movedOn();
    },
  });
  const also = (transaction: Transaction, account: ServiceAccount) =>
    keepReplacement(run, rotation, account, transaction);
  const created = await whileLive([operation], () =>
    carryOutCreate({ context, actor, input, projects, operation, also }),
  );
  await context.accountRotationCrashPoint?.("account_rotation_issued");
  return created;
}

async function inputFor({ context }: RotationRun, { plan, replacementName, predecessorUsername }: StoredRotation) {
  const { database, organization } = context;
  const known = await loadProjects(
    database,
    organization.key,
    plan.projects.map(({ id }) => id),
  );
  const projects = plan.projects
    .flatMap(({ id, role }) => {
      const project = known.find((candidate) => candidate.id === id);
      return project ? [{ ...project, role }] : [];
    })
    .slice(0, PROJECTS_PER_CREATE);
  const input = createInputSchema.safeParse({
    name: replacementName,
    role: plan.role,
    expiresAt: plan.expiresAt,
    projects: projects.map(({ id, role }) => ({ id, role })),
  });
  if (!input.success)
    throw new AppError("internal", { reason: `${predecessorUsername} cannot be copied.` }, input.error);
  return { input: input.data, projects };
}

/** In the commit of the create's outcome: nobody ever meets a replacement that its rotation does not know. */
async function keepReplacement(
  { context, actor }: RotationRun,
  rotation: StoredRotation,
  account: ServiceAccount,
  transaction: Transaction,
): Promise<void> {
  const at = context.now().toISOString();
  const detail = { replacement: account.username, role: rotation.plan.role, expiresAt: rotation.plan.expiresAt };
  await recordStep(context, rotation, { action: "rotation.issue", outcome: "succeeded", detail }, transaction);
  const moved = await updateRotation(transaction, rotation, {
    step: "hand_over",
    replacement_id: account.id,
    replacement_username: account.username,
    issued_by: actor.operator.name,
    issued_at: at,
  });
  if (!moved) throw new Error("The rotation is no longer where its replacement was issued.");
  const {
    updatedAt,
    updatedBy: _,
    ...annotation
  } = await findAnnotation(transaction, rotation.organizationKey, rotation.predecessorId);
  if (updatedAt === null) return;
  const subject = { organizationKey: rotation.organizationKey, accountId: account.id };
  await saveAnnotation(transaction, subject, { ...annotation, neverReason: null }, { by: actor.operator.name, at });
}
