import type { Logger } from "pino";
import type { Database } from "@/lib/db/database";
import type { Environment } from "@/lib/env/environment";
import { closeUpstream, type UpstreamOptions } from "@/lib/mixpanel/client";
import type { Credential } from "@/lib/mixpanel/credential";
import type { ConnectedOrganization } from "@/lib/services/context";
import { type Connection, connectionTo } from "./connection";
import { type KeptOrganization, loadKeptOrganizations } from "./kept-credential";

export type KeptSource = {
  database: Database;
  logger: Pick<Logger, "warn">;
  /** Told of each credential before it is used, so that the log can be kept free of it. */
  onCredential?: (credential: Credential) => void;
};

export type KeptConnections = {
  list: () => ConnectedOrganization[];
  find: (key: string) => ConnectedOrganization | undefined;
  refresh: (maxAgeMs: number) => Promise<void>;
  close: () => Promise<void>;
};

type Kept = Connection & { credentialId: string };

/** The connections of the organizations that the database keeps, as of the last look into it. */
export function createKeptConnections(
  environment: Environment,
  options: UpstreamOptions,
  source: KeptSource | undefined,
): KeptConnections {
  const now = options.now ?? (() => new Date());
  let byKey = new Map<string, Kept>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  const retired = new Set<Promise<void>>();

  function retire({ organization: { upstream } }: Kept): void {
    const closing = closeUpstream(upstream).finally(() => retired.delete(closing));
    retired.add(closing);
  }

  function take({ credentialId, settings }: KeptOrganization): [string, Kept] {
    source?.onCredential?.(settings);
    const { key, mixpanelId, region } = settings;
    const known = byKey.get(key);
    if (known?.organization.mixpanelId !== mixpanelId || known.organization.region !== region) {
      return [key, { ...connectionTo(settings, "database", options), credentialId }];
    }
    if (known.credentialId !== credentialId) known.use(settings);
    return [key, { ...known, credentialId }];
  }

  async function look({ database, logger }: KeptSource): Promise<void> {
    const at = now().getTime();
    try {
      const { kept, unopened } = await loadKeptOrganizations(database, environment);
      const next = new Map(kept.map(take));
      for (const [key, before] of byKey) {
        if (next.get(key)?.organization !== before.organization) retire(before);
      }
      byKey = next;
      if (unopened.length > 0) logger.warn({ organizations: unopened }, "The credential of an organization stays shut");
      lookedAt = at;
    } catch (error) {
      logger.warn({ err: error }, "The organizations kept in the database could not be read");
    }
  }

  return {
    list: () => [...byKey.values()].map(({ organization }) => organization),
    find: (key) => byKey.get(key)?.organization,
    refresh: async (maxAgeMs) => {
      if (!source) return;
      // One that is under way may have read before the change that the caller knows of.
      if (looking && maxAgeMs <= 0) await looking;
      if (!looking && Math.abs(now().getTime() - lookedAt) < maxAgeMs) return;
      looking ??= look(source).finally(() => {
        looking = null;
      });
      await looking;
    },
    close: async () => {
      for (const kept of byKey.values()) retire(kept);
      await Promise.all(retired);
    },
  };
}
