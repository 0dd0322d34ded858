import type { Database } from "@/lib/db/database";
import { takeTicket } from "@/lib/db/inventory-touches";
import { updateOrganization } from "@/lib/db/organizations";
import { AppError } from "@/lib/domain/app-error";
import { tryRefreshFindings } from "@/lib/services/findings/refresh-findings";
import type { SyncContext } from "./sync-context";
import { SyncGivenUp, type SyncLease, takeSyncLease } from "./sync-lease";
import { problemColumns, runSync } from "./sync-run";

/** `elsewhere`: another process is at it, or this one stops. `failed` and `doubted` are stored, and what was stored before stays. */
export type SyncOutcome = "replaced" | "doubted" | "failed" | "elsewhere";
export type SyncOptions = { acceptDoubt?: boolean };
/** `begun` when the state says that it runs, or that it will not; `ended` with its outcome. Neither rejects for upstream. */
export type StartedSync = { begun: Promise<void>; ended: Promise<SyncOutcome>; acceptDoubt: boolean };

declare global {
  /** By database and organization. Bundles load this module more than once, and a stop has to see all syncs. */
  var keywardenSyncs: WeakMap<Database, Map<string, StartedSync>> | undefined;
}

/** Refreshes the stored picture of an organization: one sync at a time, however many ask, over all replicas. */
export function syncOrganization(context: SyncContext, options: SyncOptions = {}): Promise<SyncOutcome> {
  return startOrganizationSync(context, options).ended;
}

/** Starts a sync or joins the one under way; one that accepts a doubt waits for one that does not. */
export function startOrganizationSync(context: SyncContext, { acceptDoubt = false }: SyncOptions = {}): StartedSync {
  const running = syncsOf(context.database);
  const { key } = context.organization;
  const current = running.get(key);
  if (current && (current.acceptDoubt || !acceptDoubt)) return current;
  const begun = current
    ? current.ended.then(
        () => begin(context),
        () => begin(context),
      )
    : begin(context);
  const ended = begun
    .then((start) => (start ? run(context, { ...start, acceptDoubt }) : ("elsewhere" as const)))
    .finally(() => {
      if (running.get(key) === started) running.delete(key);
    });
  const started: StartedSync = { acceptDoubt, begun: begun.then(() => undefined), ended };
  // Whoever started it may be interested in one of the two only.
  started.begun.catch(() => undefined);
  started.ended.catch(() => undefined);
  running.set(key, started);
  return started;
}

/** Waits until no sync of this database is under way in this process: before it is closed. */
export async function settleSyncs(database: Database): Promise<void> {
  const running = syncsOf(database);
  while (running.size > 0) await Promise.allSettled([...running.values()].map(({ ended }) => ended));
}

function syncsOf(database: Database): Map<string, StartedSync> {
  globalThis.keywardenSyncs ??= new WeakMap();
  const known = globalThis.keywardenSyncs.get(database) ?? new Map<string, StartedSync>();
  globalThis.keywardenSyncs.set(database, known);
  return known;
}

type Start = { sync: SyncLease; ticket: number; at: string };

async function begin(context: SyncContext): Promise<Start | null> {
  const { database, organization, now } = context;
  const sync = await takeSyncLease(context, organization.key);
  if (!sync) return null;
  const at = now().toISOString();
  const progress = { sync_projects_done: 0, sync_projects_total: 0 };
  await updateOrganization(database, organization.key, { sync_running: 1, sync_attempted_at: at, ...progress });
  return { sync, at, ticket: await takeTicket(database, organization.key) };
}

async function run(context: SyncContext, start: Start & { acceptDoubt: boolean }): Promise<SyncOutcome> {
  const { logger, now, organization, database } = context;
  try {
    const outcome = await runSync(context, start);
    logger.info({ organization: organization.key, outcome }, "sync ended");
    // A reading in doubt may have replaced the rest of the picture.
    await tryRefreshFindings(context);
    return outcome;
  } catch (error) {
    if (error instanceof SyncGivenUp) return "elsewhere";
    const known = error instanceof AppError ? error : new AppError("internal", {}, error);
    logger.warn({ organization: organization.key, err: error }, "sync failed");
    await updateOrganization(database, organization.key, problemColumns(known, now()));
    return "failed";
  } finally {
    await end(context, start);
  }
}

/** Marks the end, unless another sync has begun meanwhile. A database that is gone has told so already. */
async function end({ database, organization, logger }: SyncContext, { sync, at }: Start): Promise<void> {
  try {
    await database
      .updateTable("organizations")
      .set({ sync_running: 0 })
      .where("key", "=", organization.key)
      .where("sync_attempted_at", "=", at)
      .execute();
    await sync.release();
  } catch (error) {
    logger.warn({ organization: organization.key, err: error }, "the end of a sync could not be stored");
  }
}
