import type { OrganizationState } from "@/lib/db/organizations";
import { isStopping } from "@/lib/services/process";
import { startOrganizationSync } from "./sync";
import type { SyncContext } from "./sync-context";
import { isRunning, isStale } from "./sync-view";

const PAUSE_MS = 30_000;
const PAUSE_IN_DOUBT_MS = 300_000;

/** Whether a page view may start a sync now: the picture is stale, nobody is at it, and the last try is long enough ago. */
export function mayRefresh(state: OrganizationState, leaseEnd: string | undefined, now: Date): boolean {
  if (!isStale(state.synced_at, now) || isRunning(state, leaseEnd, now)) return false;
  if (state.sync_retry_at !== null && Date.parse(state.sync_retry_at) > now.getTime()) return false;
  if (state.sync_attempted_at === null) return true;
  const sinceAttempt = Math.abs(now.getTime() - Date.parse(state.sync_attempted_at));
  return sinceAttempt >= (state.sync_doubt === null ? PAUSE_MS : PAUSE_IN_DOUBT_MS);
}

/** Starts a sync behind the page when it is due, and answers whether it did; never waits for it. */
export function refreshIfStale(context: SyncContext, state: OrganizationState, leaseEnd: string | undefined): boolean {
  if (isStopping() || !mayRefresh(state, leaseEnd, context.now())) return false;
  startOrganizationSync(context).ended.catch((error: unknown) =>
    context.logger.warn({ organization: context.organization.key, err: error }, "sync could not begin"),
  );
  return true;
}
