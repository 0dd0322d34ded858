import { findBatch } from "@/lib/db/operations";
import type { AppError } from "@/lib/domain/app-error";
import type { CreatedAnswer } from "@/lib/domain/change";
import { rotationCan } from "@/lib/domain/rotation";
import type { IssuedAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { asAppError, changeError } from "@/lib/services/operations/change-error";
import { repeatedAnswer } from "@/lib/services/service-accounts/created-answer";
import { getRotation } from "./get";
import { issueReplacement } from "./issue-replacement";
import { examineRotation } from "./load-evidence";
import { revokePredecessor } from "./revoke-predecessor";
import { loadRotation, onRotation } from "./rotation-run";

type Request = { context: OrganizationContext; rotationId: string };

/** Goes on where no replacement was issued yet: after a failure, a crash, or a lost answer. */
export async function issueRotation({ context, rotationId }: Request): Promise<IssuedAnswer> {
  const rotation = await loadRotation(context, rotationId);
  if (rotation.endedAt !== null || !["revoke", "issue"].includes(rotation.step)) {
    return issuedAnswer(context, rotationId, null);
  }
  return issueOnce(context, rotationId);
}

/** Revokes first where a secret leaked, then issues. A failure is part of the answer, beside where the rotation stands. */
export async function issueOnce(context: OrganizationContext, rotationId: string): Promise<IssuedAnswer> {
  try {
    const created = await onRotation(context, rotationId, async (run, found) => {
      if (found.endedAt !== null) return null;
      const rotation = found.step === "revoke" ? await revokePredecessor(run, found) : found;
      const { standing, evidence, now } = await examineRotation(context, rotation);
      return rotationCan.issue(standing, evidence, now) === null ? issueReplacement(run, rotation) : null;
    });
    if (!created) return await issuedAnswer(context, rotationId, null);
    const { rotation } = await getRotation({ context, rotationId });
    return { rotation, created, failure: null };
  } catch (error) {
    const failure = asAppError(error);
    if (["not_permitted", "role_above_ceiling"].includes(failure.code)) throw failure;
    context.logger.warn({ reference: context.reference, rotationId, err: error }, "A replacement was not issued");
    return issuedAnswer(context, rotationId, failure);
  }
}

/** Where a rotation stands after issuing. A repeat opens the secret once more while that is still possible. */
export async function issuedAnswer(
  context: OrganizationContext,
  rotationId: string,
  failure: AppError | null,
): Promise<IssuedAnswer> {
  const { rotation } = await getRotation({ context, rotationId });
  const told = failure && changeError(failure, context.reference);
  return { rotation, created: failure ? null : await openAgain(context, rotationId), failure: told };
}

async function openAgain(context: OrganizationContext, rotationId: string): Promise<CreatedAnswer | null> {
  const { issueBatchId, replacementId } = await loadRotation(context, rotationId);
  if (replacementId === null || context.actor.kind !== "operator") return null;
  const [operation] = await findBatch(context.database, issueBatchId);
  if (operation?.state !== "succeeded" || operation.actorId !== context.actor.operator.id) return null;
  return repeatedAnswer(context, operation);
}
