import { acquireLease, type Lease, releaseLease, renewLease } from "@/lib/db/leases";
import { syncLeaseName } from "@/lib/db/organizations";
import type { AppContext } from "@/lib/services/context";
import { isStopping } from "@/lib/services/process";

/** Longer than one slow project with its retries: after each project the lease may be renewed. */
const LEASE_MS = 90_000;
const RENEW_AFTER_MS = 15_000;

/** The sync ends without a result: another process holds its lease by now, or this one stops. */
export class SyncGivenUp extends Error {
  override name = "SyncGivenUp";
}

export type SyncLease = {
  lease: Lease;
  /** Renews the lease when it is time to; throws SyncGivenUp. */
  keep: () => Promise<void>;
  release: () => Promise<void>;
};

/** The right to sync one organization, over all replicas; null while another has it. */
export async function takeSyncLease(context: AppContext, organizationKey: string): Promise<SyncLease | null> {
  const { database, now, newId } = context;
  const term = () => ({ now: now().toISOString(), expiresAt: new Date(now().getTime() + LEASE_MS).toISOString() });
  let renewedAt = now().getTime();
  const lease = await acquireLease(database, { name: syncLeaseName(organizationKey), holder: newId(), ...term() });
  if (!lease) return null;
  return {
    lease,
    keep: async () => {
      if (isStopping()) throw new SyncGivenUp();
      if (now().getTime() - renewedAt < RENEW_AFTER_MS) return;
      if (!(await renewLease(database, lease, term()))) throw new SyncGivenUp();
      renewedAt = now().getTime();
    },
    release: () => releaseLease(database, lease, now().toISOString()),
  };
}
