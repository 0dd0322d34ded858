import type { OrganizationState } from "@/lib/db/organizations";
import { type AppErrorCode, appErrorCodes, appErrors } from "@/lib/domain/app-error";
import type { SyncView } from "@/lib/domain/inventory-view";

const STALE_AFTER_MS = 300_000;
const SKEW_WARNED_ABOVE_MS = 120_000;

/** Older than five minutes, never read, or dated in the future by a clock that was set back. */
export function isStale(syncedAt: string | null, now: Date): boolean {
  return syncedAt === null || Math.abs(now.getTime() - Date.parse(syncedAt)) > STALE_AFTER_MS;
}

/** Whether a sync is under way: the flag alone would outlive a killed process, its lease does not. */
export function isRunning(state: Pick<OrganizationState, "sync_running">, leaseEnd: string | undefined, now: Date) {
  return state.sync_running === 1 && leaseEnd !== undefined && leaseEnd > now.toISOString();
}

export function significantSkew(clockSkewMs: number | null): number | null {
  return clockSkewMs !== null && Math.abs(clockSkewMs) > SKEW_WARNED_ABOVE_MS ? clockSkewMs : null;
}

/** The time expiry is measured by: Mixpanel's, where the clocks are far apart. */
export function upstreamNow(now: Date, clockSkewMs: number | null): Date {
  return new Date(now.getTime() + (significantSkew(clockSkewMs) ?? 0));
}

export function toSyncView(state: OrganizationState, leaseEnd: string | undefined, now: Date): SyncView {
  const code = appErrorCodes.find((known) => known === state.sync_problem_code);
  return {
    asOf: state.synced_at,
    running: isRunning(state, leaseEnd, now),
    projectsDone: state.sync_projects_done,
    projectsTotal: state.sync_projects_total,
    problem: code ? toProblem(code, state) : null,
    doubt: state.sync_doubt,
    unreadProjects: Number(state.unread_projects ?? 0),
    stale: isStale(state.synced_at, now),
    clockSkewMs: significantSkew(state.clock_skew_ms),
  };
}

function toProblem(code: AppErrorCode, state: OrganizationState): SyncView["problem"] {
  const { title, advice } = appErrors[code];
  const at = state.sync_attempted_at;
  return at === null
    ? null
    : { code, title, advice, reason: state.sync_problem_reason, at, retryAt: state.sync_retry_at ?? undefined };
}
