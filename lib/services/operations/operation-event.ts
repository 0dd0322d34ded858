import type { NewOperation } from "@/lib/db/operations";
import type { AuditAction, AuditEntry, AuditOutcome } from "@/lib/domain/audit-event";
import type { OperationKind } from "@/lib/domain/operation";
import { actorOfEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";

const actions: Record<OperationKind, AuditAction> = {
  create: "service_account.create",
  assign: "membership.assign",
  remove: "membership.remove",
  delete: "service_account.delete",
};

type Subject = Pick<
  NewOperation,
  "id" | "kind" | "accountId" | "accountName" | "projectId" | "projectName" | "organizationKey"
>;
type Extra = { action?: AuditAction; upstreamReference?: string | null | undefined; detail: Record<string, unknown> };

/** The audit event of one step of an operation. Its target is the account, or the project where several accounts change at once. */
export function operationEvent(
  context: OrganizationContext,
  operation: Subject,
  outcome: AuditOutcome,
  { action = actions[operation.kind], upstreamReference = null, detail }: Extra,
): AuditEntry {
  const byProject = operation.accountId === null && operation.projectId !== null;
  return {
    at: context.now().toISOString(),
    organizationKey: operation.organizationKey,
    ...actorOfEvent(context.actor),
    action,
    targetKind: byProject ? "project" : "service_account",
    targetId: (byProject ? operation.projectId : operation.accountId)?.toString() ?? null,
    targetName: byProject ? operation.projectName : operation.accountName,
    outcome,
    operationId: operation.id,
    upstreamReference,
    detail,
  };
}
