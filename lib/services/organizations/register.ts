import type { Database } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { saveConfiguredOrganization } from "@/lib/db/organizations";
import type { Environment } from "@/lib/env/environment";
import { closeUpstream, createUpstream, type UpstreamOptions } from "@/lib/mixpanel/client";
import type { ConnectedOrganization, OrganizationRegistry } from "@/lib/services/context";

export type OwnedRegistry = OrganizationRegistry & { close: () => Promise<void> };

/** The configured organizations with a connection each, which `close` ends; none is opened yet. */
export function createOrganizationRegistry(environment: Environment, options: UpstreamOptions = {}): OwnedRegistry {
  const byKey = new Map<string, ConnectedOrganization>();
  for (const { key, mixpanelId, name, region, username, secret, baseUrls } of environment.organizations) {
    byKey.set(key, {
      key,
      mixpanelId,
      name: name ?? `Organization ${mixpanelId}`,
      region,
      upstream: createUpstream({ username, secret, mixpanelId, region, baseUrls }, options),
      credentialUsername: username,
    });
  }
  return {
    list: () => [...byKey.values()],
    find: (key) => byKey.get(key),
    close: async () => {
      await Promise.all([...byKey.values()].map(({ upstream }) => closeUpstream(upstream)));
    },
  };
}

/** Writes the configured organizations to the database, at start; what is stored of them stays. */
export async function upsertConfiguredOrganizations(database: Database, environment: Environment): Promise<void> {
  await inTransaction(database, async (transaction) => {
    for (const { key, mixpanelId, name, region, username } of environment.organizations) {
      const named = name === undefined ? {} : { name };
      await saveConfiguredOrganization(transaction, {
        key,
        mixpanelId,
        region,
        credentialUsername: username,
        ...named,
      });
    }
  });
}
