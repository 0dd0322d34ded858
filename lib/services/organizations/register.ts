import type { Database } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { listCredentials } from "@/lib/db/organization-credentials";
import { saveConfiguredOrganization } from "@/lib/db/organizations";
import type { Environment } from "@/lib/env/environment";
import { closeUpstream, createUpstream, type UpstreamOptions } from "@/lib/mixpanel/client";
import type { OrganizationRegistry } from "@/lib/services/context";
import { type Connection, connectionTo } from "./connection";
import { createKeptConnections, type KeptSource } from "./kept-connections";

export type OwnedRegistry = OrganizationRegistry & { close: () => Promise<void> };

/** How old the last look into the database may be before a page or a job looks again. */
const REFRESH_AFTER_MS = 30_000;
/** An address of no known organization causes a look, but not more often than this. */
const MISS_AFTER_MS = 1_000;

/**
 * The configured organizations, then those kept in the database where one is given, each with a connection of its own
 * that `close` ends; none is opened yet. What is configured counts before what is kept under the same key.
 */
export function createOrganizationRegistry(
  environment: Environment,
  options: UpstreamOptions = {},
  source?: KeptSource,
): OwnedRegistry {
  const configured = new Map<string, Connection>(
    environment.organizations.map((settings) => [settings.key, connectionTo(settings, "environment", options)]),
  );
  const kept = createKeptConnections(environment, options, source);
  const isFree = (key: string) => !configured.has(key);
  const list = () => [
    ...[...configured.values()].map(({ organization }) => organization),
    ...kept.list().filter(({ key }) => isFree(key)),
  ];
  const find = (key: string) => configured.get(key)?.organization ?? kept.find(key);
  const refresh = (maxAgeMs = REFRESH_AFTER_MS) => kept.refresh(maxAgeMs);
  return {
    list,
    find,
    resolve: async (key) => {
      await refresh();
      if (!find(key)) await refresh(MISS_AFTER_MS);
      return find(key);
    },
    refresh,
    connect: (configuration) => createUpstream(configuration, options),
    close: async () => {
      await Promise.all([...configured.values()].map(({ organization }) => closeUpstream(organization.upstream)));
      await kept.close();
    },
  };
}

/**
 * Writes the configured organizations to the database, at start; what is stored of them stays. A kept one whose key was
 * configured for another organization meanwhile gets its key back, and begins with an empty inventory.
 */
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
    const configured = new Set(environment.organizations.map(({ key }) => key));
    for (const { organization_key: key, mixpanel_id: mixpanelId, region, username } of await listCredentials(
      transaction,
    )) {
      if (configured.has(key)) continue;
      await saveConfiguredOrganization(transaction, { key, mixpanelId, region, credentialUsername: username });
    }
  });
}
