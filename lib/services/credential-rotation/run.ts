import { findRotation, type RotationRow } from "@/lib/db/credential-rotations";
import type { Transaction } from "@/lib/db/database";
import { AppError } from "@/lib/domain/app-error";
import type { AuditOutcome } from "@/lib/domain/audit-event";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import type { OperatorActor } from "@/lib/services/operations/require-operator";
import { organizationEvent } from "@/lib/services/organizations/organization-event";
import type { RotationLease } from "@/lib/services/rotations/rotation-lease";

/** Somebody carrying out a rotation, which nobody else is at. */
export type RotationRun = { context: OrganizationContext; actor: OperatorActor; lease: RotationLease };

/** Throws `not_found`. */
export async function loadRotation({ database, organization }: OrganizationContext, id: string): Promise<RotationRow> {
  const rotation = await findRotation(database, organization.key, id);
  if (!rotation) throw new AppError("not_found", { reason: "There is no such rotation of this credential." });
  return rotation;
}

/** One line of the record about a step of the rotation. */
export async function recordStep(
  context: OrganizationContext,
  rotation: Pick<RotationRow, "id" | "step" | "predecessor_username" | "replacement_username">,
  outcome: AuditOutcome,
  { transaction, detail = {} }: { transaction?: Transaction; detail?: Record<string, unknown> } = {},
): Promise<void> {
  const { key, name } = context.organization;
  const subject = { action: "organization.rotate_credential", key, name, detail: { rotation: rotation.id } } as const;
  const event = organizationEvent(subject, outcome, {
    step: rotation.step,
    predecessor: rotation.predecessor_username,
    ...(rotation.replacement_username !== null && { replacement: rotation.replacement_username }),
    ...detail,
  });
  await recordEvent(context, event, transaction);
}
