import { findOperation, type StoredOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { AuditOutcome } from "@/lib/domain/audit-event";
import { operationResultSchema } from "@/lib/domain/operation-detail";
import type { EventInput } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { type OperatorActor, requireOperator } from "@/lib/services/operations/require-operator";

/** The create operation whose secret is asked for, if it is the asking operator's own. */
export async function findOwnCreate(
  context: OrganizationContext,
  operationId: string,
): Promise<{ actor: OperatorActor; operation: StoredOperation }> {
  const actor = requireOperator(context, "account:create");
  const operation = await findOperation(context.database, context.organization.key, operationId);
  if (operation?.kind !== "create") throw new AppError("not_found");
  if (operation.actorId === actor.operator.id) return { actor, operation };
  const reason = `Only ${operation.actorName}, who created ${operation.accountName}, may handle its secret.`;
  throw new AppError("not_permitted", { reason });
}

const createdSchema = operationResultSchema.required({ created: true });

/** What a create that succeeded made. */
export function createdOf({ result }: StoredOperation) {
  return createdSchema.parse(result).created;
}

/** What the record says of one handling of a secret; never the secret. */
export function secretEvent(
  operation: StoredOperation,
  action: EventInput["action"],
  outcome: AuditOutcome,
  detail: Record<string, unknown> = {},
): EventInput {
  return {
    organizationKey: operation.organizationKey,
    action,
    outcome,
    targetKind: "service_account",
    targetId: operation.accountId?.toString() ?? null,
    targetName: operation.accountName,
    operationId: operation.id,
    detail,
  };
}
