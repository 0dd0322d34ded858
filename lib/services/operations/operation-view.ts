import type { StoredOperation } from "@/lib/db/operations";
import { appErrors } from "@/lib/domain/app-error";
import type { OperationView } from "@/lib/domain/change";
import type { OrganizationContext } from "@/lib/services/context";
import { storedErrorCode } from "./change-error";
import { describeOperation } from "./describe-operation";
import { isStale } from "./live-runs";
import { nextStepOf } from "./next-step";

/** What is stored beside an operation and changes what may be done about it. */
export type Surroundings = {
  /** Until when its sealed secret can be opened; null where there is none any more. */
  secretUntil: string | null;
  /** Whether the account it made or touched is still in the inventory. */
  accountExists: boolean;
};

/** An operation as an operator sees it: what is known in a sentence, and the one safe next step. */
export function viewOperation(
  context: OrganizationContext,
  operation: StoredOperation,
  surroundings: Surroundings,
): OperationView {
  const mine = context.actor.kind === "operator" && context.actor.operator.id === operation.actorId;
  const facts = { ...surroundings, mine, stale: isStale(operation, context.now()) };
  return {
    id: operation.id,
    batchId: operation.batchId,
    kind: operation.kind,
    state: operation.state,
    outcome: operation.outcome,
    actorName: operation.actorName,
    mine,
    accountId: operation.accountId,
    accountName: operation.accountName,
    projectId: operation.projectId,
    projectName: operation.projectName,
    preparedAt: operation.preparedAt,
    sentAt: operation.sentAt,
    finishedAt: operation.finishedAt,
    error: operation.errorCode === null ? null : errorOf(operation),
    upstreamReference: operation.upstreamReference,
    secretUntil: surroundings.secretUntil,
    known: describeOperation(operation, facts),
    ...nextStepOf(operation, facts),
  };
}

function errorOf(operation: StoredOperation): OperationView["error"] {
  const code = storedErrorCode(operation);
  return { code, title: appErrors[code].title, reason: operation.errorReason };
}
