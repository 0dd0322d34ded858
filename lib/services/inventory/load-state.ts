import { findLeaseEnds, findOrganizations, syncLeaseName } from "@/lib/db/organizations";
import { AppError } from "@/lib/domain/app-error";
import type { SyncView } from "@/lib/domain/inventory-view";
import { refreshIfStale } from "./refresh";
import type { SyncContext } from "./sync-context";
import { toSyncView, upstreamNow } from "./sync-view";

export type InventoryState = {
  sync: SyncView;
  /** The instant that expiry and disuse are measured by. */
  now: Date;
};

/** How old the picture is, for a page that shows it; causes a refresh behind the page where it is due. */
export async function loadInventoryState(context: SyncContext): Promise<InventoryState> {
  const { database, organization, now } = context;
  const [state] = await findOrganizations(database, [organization.key]);
  if (!state) throw new AppError("not_found");
  const name = syncLeaseName(organization.key);
  const leaseEnd = (await findLeaseEnds(database, [name])).get(name);
  const view = toSyncView(state, leaseEnd, now());
  const started = refreshIfStale(context, state, leaseEnd);
  // What an earlier sync counted is not the progress of the one that begins now.
  const sync = started ? { ...view, running: true, projectsDone: 0, projectsTotal: 0 } : view;
  return { sync, now: upstreamNow(now(), state.clock_skew_ms) };
}
