import type { RotationRow } from "@/lib/db/credential-rotations";
import { AppError } from "@/lib/domain/app-error";
import {
  type CredentialView,
  type RotationInput,
  type RotationStep,
  rotationStepSchema,
} from "@/lib/domain/organization-credential";
import type { OrganizationContext } from "@/lib/services/context";
import { deleteAfter, viewCredential } from "@/lib/services/organizations/credential-view";
import { openToChange } from "@/lib/services/organizations/kept-organization";
import { broughtAbout } from "@/lib/services/organizations/once";
import { withRotationLease } from "@/lib/services/rotations/rotation-lease";
import { deletePredecessor } from "./delete-predecessor";
import { issueReplacement } from "./issue-replacement";
import { loadRotation, type RotationRun, recordStep } from "./run";
import { startRotation } from "./start-rotation";
import { switchCredential } from "./switch-credential";
import { verifyReplacement } from "./verify-replacement";

type Request = { context: OrganizationContext; input: RotationInput; idempotencyKey: string };

/**
 * Starts or continues the rotation of the console's own credential, as far as it goes now: issue, verify, switch, and
 * once every replica has switched, delete the predecessor. Each step is committed, so it goes on wherever it stopped.
 */
export async function rotateOwnCredential({ context, input, idempotencyKey: key }: Request): Promise<CredentialView> {
  const { actor, credential } = await openToChange(context);
  const { days, keepPredecessor: keep } = input;
  const intention = { actor, key, request: { act: "rotate", organizationKey: context.organization.key, days } };
  const earlier = input.rotationId ?? (await broughtAbout(context, intention));
  await withRotationLease(context, context.organization.key, async (lease) => {
    const id = earlier ?? (await startRotation(context, intention, { credential, days }));
    await advance({ context, actor, lease }, id, keep);
  });
  return viewCredential({ context });
}

async function advance(run: RotationRun, id: string, keep: boolean): Promise<void> {
  const { context, lease } = run;
  await context.rotationCrashPoint?.("rotation_started");
  for (;;) {
    const rotation = await loadRotation(context, id);
    if (rotation.ended_at !== null) return;
    const step = rotationStepSchema.parse(rotation.step);
    if (step === "cancelling") throw new AppError("operation_in_progress", { reason: "It is being cancelled." });
    if (step === "delete" && !keep && !isDue(rotation, context.now())) return;
    await lease.keep();
    await onStep(run, rotation, step, keep);
  }
}

function isDue({ switched_at: at }: RotationRow, now: Date): boolean {
  return at !== null && now >= deleteAfter(at);
}

/** A step that fails stays where it is, and the record says why. */
async function onStep(run: RotationRun, rotation: RotationRow, step: RotationStep, keep: boolean): Promise<void> {
  const { context } = run;
  try {
    if (step === "issue") {
      await issueReplacement(run, rotation);
      await context.rotationCrashPoint?.("rotation_issued");
    } else if (step === "verify") {
      await verifyReplacement(run, rotation);
      await context.rotationCrashPoint?.("rotation_verified");
    } else if (step === "switch") {
      await switchCredential(run, rotation);
      await context.rotationCrashPoint?.("rotation_switched");
    } else {
      await deletePredecessor(run, rotation, { keep });
    }
  } catch (error) {
    const failure = error instanceof AppError ? error : new AppError("read_only", {}, error);
    await recordFailure(context, rotation, failure);
    throw failure;
  }
}

async function recordFailure(context: OrganizationContext, rotation: RotationRow, error: AppError): Promise<void> {
  const { reason } = error.details;
  const detail = { code: error.code, ...(reason !== undefined && { reason }) };
  await recordStep(context, rotation, "failed", { detail }).catch((cause: unknown) =>
    context.logger.error({ reference: context.reference, err: cause }, "The failure of a step could not be recorded"),
  );
}
