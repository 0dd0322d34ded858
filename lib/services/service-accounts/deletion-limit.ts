import type { Transaction } from "@/lib/db/database";
import { listDeletionTimes } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";

const HOUR_MS = 3_600_000;

/** Throws `deletion_limit_reached` when these deletions would exceed what one operator may send within an hour. */
export async function assertWithinDeletionLimit(
  transaction: Transaction,
  context: OrganizationContext,
  operatorId: string,
  wanted: number,
): Promise<void> {
  const limit = context.environment.deletionsPerHour;
  const since = new Date(context.now().getTime() - HOUR_MS).toISOString();
  const times = (await listDeletionTimes(transaction, operatorId, since)).toSorted();
  const over = times.length + wanted - limit;
  if (over <= 0) return;
  const left = Math.max(0, limit - times.length);
  const reason = `${left} of ${limit} deletions are left within this hour, and ${wanted} were asked for. Nothing was deleted.`;
  // Once so many of the earlier ones are an hour old, this request fits.
  const freeing = times[over - 1];
  const retryAt =
    wanted <= limit && freeing !== undefined ? new Date(Date.parse(freeing) + HOUR_MS).toISOString() : undefined;
  throw new AppError("deletion_limit_reached", { reason, ...(retryAt !== undefined && { retryAt }) });
}
