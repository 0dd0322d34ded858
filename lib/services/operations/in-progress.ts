import type { Transaction } from "@/lib/db/database";
import { listOperationsInState, type NewOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import { membershipInputSchema } from "@/lib/domain/operation-detail";
import type { OrganizationContext } from "@/lib/services/context";
import { isStale } from "./live-runs";

/** The accounts an operation touches; none for a create, whose account is still to come. */
export function accountsOf(operation: Pick<NewOperation, "kind" | "accountId" | "input">): number[] {
  if (operation.kind === "assign" || operation.kind === "remove") {
    return membershipInputSchema.parse(operation.input).accounts.map((account) => account.id);
  }
  return operation.accountId === null ? [] : [operation.accountId];
}

/** Throws `operation_in_progress` while another operator's change to one of the same accounts is under way. */
export async function assertNobodyElseOn(
  transaction: Transaction,
  context: OrganizationContext,
  operatorId: string,
  intended: readonly NewOperation[],
): Promise<void> {
  const touched = new Set(intended.flatMap(accountsOf));
  if (touched.size === 0) return;
  const running = await listOperationsInState(transaction, context.organization.key, ["prepared", "sent"]);
  const other = running.find(
    (operation) =>
      operation.actorId !== operatorId &&
      !isStale(operation, context.now()) &&
      accountsOf(operation).some((id) => touched.has(id)),
  );
  if (!other) return;
  throw new AppError("operation_in_progress", {
    reason: `${other.actorName} is changing ${other.accountName} since ${other.preparedAt.slice(11, 16)} UTC (operation ${other.id}). Nothing was sent.`,
    operationId: other.id,
  });
}
