import type { StoredOperation } from "@/lib/db/operations";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { lastStepAt } from "./live-runs";

const WINDOW_MS = 120_000;

/** Whether the account may be what a create of this name made: not known before, and created around the time it was sent. */
export function mayBeLost(account: ServiceAccount, operation: StoredOperation, skewMs: number | null): boolean {
  if (operation.beforeState.sameNameIds.includes(account.id)) return false;
  if (account.createdAt === null) return true;
  const sentAt = lastStepAt(operation) + (skewMs ?? 0);
  return Math.abs(Date.parse(account.createdAt) - sentAt) <= WINDOW_MS;
}

/** Whether the console's own credential may have created it; not only where somebody else is named. */
export function mayBeOurs({ creatorId }: ServiceAccount, ownUserId: number | null): boolean {
  return creatorId === null || ownUserId === null || creatorId === ownUserId;
}
