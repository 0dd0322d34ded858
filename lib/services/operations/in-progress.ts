import type { Transaction } from "@/lib/db/database";
import { listOperationsInState, type NewOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";
import { accountsOf } from "./accounts-of";
import { isStale } from "./live-runs";

/** Throws `operation_in_progress` while another operator's change to one of the same accounts is under way. */
export async function assertNobodyElseOn(
  transaction: Transaction,
  context: OrganizationContext,
  intended: readonly NewOperation[],
): Promise<void> {
  const touched = new Set(intended.flatMap(accountsOf).map(({ id }) => id));
  if (touched.size === 0) return;
  const running = await listOperationsInState(transaction, context.organization.key, ["prepared", "sent"]);
  const other = running.find(
    (operation) =>
      !intended.some(({ actorId }) => actorId === operation.actorId) &&
      !isStale(operation, context.now()) &&
      accountsOf(operation).some(({ id }) => touched.has(id)),
  );
  if (!other) return;
  throw new AppError("operation_in_progress", {
    reason: `${other.actorName} is changing ${other.accountName} since ${other.preparedAt.slice(11, 16)} UTC (operation ${other.id}). Nothing was sent.`,
    operationId: other.id,
  });
}
