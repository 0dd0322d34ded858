import { findLeaseEnds, findOrganizations, syncLeaseName } from "@/lib/db/organizations";
import { countAttention } from "@/lib/db/overview";
import type { OrganizationView } from "@/lib/domain/inventory-view";
import type { AppContext } from "@/lib/services/context";
import { toSyncView } from "@/lib/services/inventory/sync-view";

/** The organizations, in their order, with what is stored of each. Causes no refresh. */
export async function listOrganizations(context: AppContext): Promise<{ organizations: OrganizationView[] }> {
  const { database } = context;
  const now = context.now();
  await context.organizations.refresh();
  const configured = context.organizations.list();
  const keys = configured.map(({ key }) => key);
  const [states, counts, leaseEnds] = await Promise.all([
    findOrganizations(database, keys),
    countAttention(database, keys, now),
    findLeaseEnds(database, keys.map(syncLeaseName)),
  ]);
  const stateOf = new Map(states.map((state) => [state.key, state]));
  const organizations = configured.flatMap(({ key, mixpanelId, region, credentialUsername }): OrganizationView[] => {
    const state = stateOf.get(key);
    if (!state) return [];
    const { accounts, attention } = counts.get(key) ?? { accounts: 0, attention: 0 };
    const sync = toSyncView(state, leaseEnds.get(syncLeaseName(key)), now);
    const { name, credential_role: credentialRole } = state;
    return [{ key, mixpanelId, name, region, credentialUsername, credentialRole, accounts, attention, sync }];
  });
  return { organizations };
}
