import type { Logger } from "pino";
import type { Database } from "@/lib/db/database";
import type { CrashPoint } from "@/lib/domain/crash-point";
import type { Actor } from "@/lib/domain/operator";
import type { Organization } from "@/lib/domain/organization";
import type { Environment } from "@/lib/env/environment";
import type { Upstream } from "@/lib/mixpanel/client";

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
};

/** A configured organization: whose it is, and the connection that holds its credential. */
export type ConnectedOrganization = Organization & { upstream: Upstream; credentialUsername: string };

export type OrganizationRegistry = {
  list: () => ConnectedOrganization[];
  find: (key: string) => ConnectedOrganization | undefined;
};

/** A call on behalf of somebody: who, and under which reference it is logged. */
export type RequestContext = AppContext & { actor: Actor; reference: string };

/** A request inside one organization; the server resolved it from its own key. */
export type OrganizationContext = RequestContext & { organization: ConnectedOrganization };
