import { findPolicy, type StoredPolicy } from "@/lib/db/policies";
import { defaultPolicy } from "@/lib/domain/policy";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";

/** What counts for this organization now: its own policy, else the defaults at version 0. */
export async function getPolicy({
  database,
  organization,
}: Pick<AppContext, "database"> & { organization: Pick<ConnectedOrganization, "key"> }): Promise<
  Pick<StoredPolicy, "policy" | "version"> & { updatedBy: string | null; updatedAt: string | null }
> {
  const stored = await findPolicy(database, organization.key);
  return stored ?? { policy: defaultPolicy, version: 0, updatedBy: null, updatedAt: null };
}
