import { acquireLease } from "@/lib/db/leases";
import { listOperationsInState } from "@/lib/db/operations";
import type { AppContext, ConnectedOrganization, OrganizationContext } from "@/lib/services/context";
import { listUnread } from "@/lib/services/memberships/read-back";
import { verifyMembershipChange } from "@/lib/services/memberships/verify-change";
import { isLive, STALE_AFTER_MS } from "./live-runs";
import { settleDoubt } from "./settle-doubt";
import { sweepStale } from "./sweep-stale";

/** The lease is not given back but runs out: between two rounds at least this much time passes. */
const ROUND_MS = 10_000;
const PER_ROUND = 20;

/**
 * Gives up what dead processes left behind, settles what is in doubt and reads back what they could not, by reading
 * only; a change is never sent from here. One round at a time per organization, however many ask and on however many replicas.
 */
export async function reconcileStale(context: AppContext & { organization: ConnectedOrganization }): Promise<void> {
  const { database, organization, newId, now } = context;
  const left = await listOperationsInState(database, organization.key, ["prepared", "sent", "unknown"]);
  const unread = await listUnread(context, STALE_AFTER_MS);
  if (left.length === 0 && unread.length === 0) return;
  const holder = newId();
  const expiresAt = new Date(now().getTime() + ROUND_MS).toISOString();
  const term = { now: now().toISOString(), expiresAt };
  if (!(await acquireLease(database, { name: `reconcile:${organization.key}`, holder, ...term }))) return;
  const round: OrganizationContext = { ...context, actor: { kind: "system", name: "reconciler" }, reference: holder };
  await sweepStale(round, left);
  const unknown = await listOperationsInState(database, organization.key, ["unknown"]);
  // Where several accounts fit, only a person can tell which one it is.
  const readable = unknown.filter(({ id, result }) => !isLive(id) && result.candidates === undefined);
  for (const { id } of readable.slice(-PER_ROUND)) await settleDoubt(round, id);
  for (const operation of unread.slice(-PER_ROUND)) await verifyMembershipChange(round, operation);
}
