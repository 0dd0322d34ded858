import { findBatch, type StoredOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";
import { unknownError } from "./change-error";
import { settleDoubt } from "./settle-doubt";
import { sweepStale } from "./sweep-stale";

/**
 * The operations of an earlier attempt, once it is certain what came of them; the last one counts. Throws
 * `outcome_unknown` while it is not, and `operation_in_progress` while they may still be under way.
 */
export async function settledBatch(context: OrganizationContext, batchId: string | null): Promise<StoredOperation[]> {
  if (batchId === null) return [];
  await sweepStale(context, await findBatch(context.database, batchId));
  for (const { id, state } of await findBatch(context.database, batchId)) {
    if (state === "unknown") await settleDoubt(context, id);
  }
  const operations = await findBatch(context.database, batchId);
  const open = operations.find(({ state }) => state === "prepared" || state === "sent" || state === "unknown");
  if (!open) return operations;
  if (open.state === "unknown") throw unknownError(open);
  const reason = `${open.accountName} is being changed since ${open.preparedAt.slice(11, 16)} UTC. Continue in a minute.`;
  throw new AppError("operation_in_progress", { reason, operationId: open.id });
}
