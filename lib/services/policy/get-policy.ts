import type { Database, Transaction } from "@/lib/db/database";
import { findPolicy } from "@/lib/db/policies";
import { defaultPolicy } from "@/lib/domain/policy";
import type { PolicyView } from "@/lib/domain/policy-view";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";

/** What counts for this organization now: the file where there is one, its own policy, else the defaults at version 0. */
export async function getPolicy({
  database,
  organization,
  environment,
}: Pick<AppContext, "environment"> & {
  database: Database | Transaction;
  organization: Pick<ConnectedOrganization, "key">;
}): Promise<PolicyView> {
  const nobody = { version: 0, updatedBy: null, updatedAt: null };
  if (environment.policy) return { policy: environment.policy, ...nobody, source: "file" };
  const stored = await findPolicy(database, organization.key);
  return stored ? { ...stored, source: "page" } : { policy: defaultPolicy, ...nobody, source: "defaults" };
}
