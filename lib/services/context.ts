import type { Logger } from "pino";
import type { Database } from "@/lib/db/database";
import type { AccountRotationCrashPoint, CrashPoint, RotationCrashPoint } from "@/lib/domain/crash-point";
import type { Actor } from "@/lib/domain/operator";
import type { Organization } from "@/lib/domain/organization";
import type { ApiBases } from "@/lib/domain/region";
import type { Environment } from "@/lib/env/environment";
import type { Upstream, UpstreamConfiguration } from "@/lib/mixpanel/client";

/** What every service call needs of the process; made once per process, and by hand in tests. */
export type AppContext = {
  environment: Environment;
  database: Database;
  organizations: OrganizationRegistry;
  logger: Logger;
  now: () => Date;
  newId: () => string;
  /** Set in torture tests only: called at each named step of a change, where it may end the process. */
  crashPoint?: (name: CrashPoint) => void | Promise<void>;
  rotationCrashPoint?: (name: RotationCrashPoint) => void | Promise<void>;
  accountRotationCrashPoint?: (name: AccountRotationCrashPoint) => void | Promise<void>;
};

/** An organization and the connection that holds its credential. */
export type ConnectedOrganization = Organization & {
  upstream: Upstream;
  /** As of the last look into the database: another credential may have taken its place since. */
  readonly credentialUsername: string;
  /** Whether its credential is configured from outside, or kept sealed in the database. */
  source: "environment" | "database";
  /** Where its calls go. */
  apiBases: ApiBases;
};

export type OrganizationRegistry = {
  /** As of the last look into the database. */
  list: () => ConnectedOrganization[];
  find: (key: string) => ConnectedOrganization | undefined;
  /** Finds it also when another replica has just added it. */
  resolve: (key: string) => Promise<ConnectedOrganization | undefined>;
  /** Looks into the database, unless that was done less than `maxAgeMs` ago (30 seconds when left out). Never throws. */
  refresh: (maxAgeMs?: number) => Promise<void>;
  /** A connection of its own, for trying a credential; whoever asks for it closes it. */
  connect: (configuration: UpstreamConfiguration) => Upstream;
};

/** A call on behalf of somebody: who, and under which reference it is logged. */
export type RequestContext = AppContext & { actor: Actor; reference: string };

/** A request inside one organization; the server resolved it from its own key. */
export type OrganizationContext = RequestContext & { organization: ConnectedOrganization };
