import type { CreatedAnswer } from "@/lib/domain/change";
import type { OrganizationContext } from "@/lib/services/context";
import { createdAnswer } from "@/lib/services/service-accounts/created-answer";
import { findOwnCreate } from "./own-operation";
import { takeSecret } from "./take-secret";

/** Shows a created secret again, to the operator who made it and within its ten minutes; each view is recorded. */
export async function openSecret({
  context,
  operationId,
}: {
  context: OrganizationContext;
  operationId: string;
}): Promise<CreatedAnswer> {
  const { operation } = await findOwnCreate(context, operationId);
  const taken = await takeSecret(context, operation, { action: "secret.view", outcome: "succeeded", view: true });
  return createdAnswer(context, operation, taken);
}
