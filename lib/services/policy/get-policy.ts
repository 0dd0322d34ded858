import { findPolicy } from "@/lib/db/policies";
import { defaultPolicy, type Policy } from "@/lib/domain/policy";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";

/** Where a policy stands: in KEYWARDEN_POLICY_FILE for every organization, on the policy page, or nowhere yet. */
export type PolicySource = "file" | "page" | "defaults";
export type CurrentPolicy = {
  policy: Policy;
  version: number;
  updatedBy: string | null;
  updatedAt: string | null;
  source: PolicySource;
};

/** What counts for this organization now: the file where there is one, its own policy, else the defaults at version 0. */
export async function getPolicy({
  database,
  organization,
  environment,
}: Pick<AppContext, "database" | "environment"> & {
  organization: Pick<ConnectedOrganization, "key">;
}): Promise<CurrentPolicy> {
  const nobody = { version: 0, updatedBy: null, updatedAt: null };
  if (environment.policy) return { policy: environment.policy, ...nobody, source: "file" };
  const stored = await findPolicy(database, organization.key);
  return stored ? { ...stored, source: "page" } : { policy: defaultPolicy, ...nobody, source: "defaults" };
}
