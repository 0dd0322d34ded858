import { randomUUID } from "node:crypto";
import { pino } from "pino";
import type { Database } from "@/lib/db/database";
import { AppError } from "@/lib/domain/app-error";
import { type Environment, readEnvironment } from "@/lib/env/environment";
import type { UpstreamOptions } from "@/lib/mixpanel/client";
import type { OrganizationContext } from "@/lib/services/context";
import {
  createOrganizationRegistry,
  type OwnedRegistry,
  upsertConfiguredOrganizations,
} from "@/lib/services/organizations/register";

/** One organization as the simulator describes it, under the key it has in the console. */
export type TestOrganization = {
  key: string;
  organizationId: number;
  region: string;
  url: string;
  owner: { username: string; secret: string };
  name?: string;
};

export function testEnvironment(organizations: readonly TestOrganization[]): Environment {
  const list = organizations.map(({ key, organizationId, region, url, owner, name }) => ({
    key,
    organizationId,
    region,
    baseUrl: url,
    serviceAccount: owner.username,
    serviceAccountSecret: owner.secret,
    ...(name === undefined ? {} : { name }),
  }));
  return readEnvironment(
    {
      NEXTAUTH_URL: "http://127.0.0.1:3000",
      NEXTAUTH_SECRET: "a-session-secret-for-tests-of-48-characters-or-so",
      OIDC_ISSUER: "http://127.0.0.1:4020",
      OIDC_CLIENT_ID: "keywarden",
      OIDC_CLIENT_SECRET: "client-secret",
      KEYWARDEN_ADMINISTRATOR_GROUPS: "administrators",
      KEYWARDEN_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
      KEYWARDEN_ORGANIZATIONS_FILE: "organizations.json",
    },
    () => JSON.stringify(list),
  );
}

/** The console's services over a real database, at a time the test sets. */
export class TestConsole {
  /** Milliseconds this console's clock is ahead of the machine's. */
  ahead = 0;
  private constructor(
    readonly database: Database,
    readonly environment: Environment,
    readonly registry: OwnedRegistry,
    readonly now: () => Date,
  ) {}

  static async open(
    database: Database,
    organizations: readonly TestOrganization[],
    options: UpstreamOptions = {},
  ): Promise<TestConsole> {
    const environment = testEnvironment(organizations);
    const clock = { console: undefined as TestConsole | undefined };
    const now = () => new Date(Date.now() + (clock.console?.ahead ?? 0));
    const quick = { sleep: async () => {}, random: () => 0, now, ...options };
    const registry = createOrganizationRegistry(environment, quick);
    await upsertConfiguredOrganizations(database, environment);
    clock.console = new TestConsole(database, environment, registry, now);
    return clock.console;
  }

  /** The context of a request of a viewer. */
  context(key: string): OrganizationContext {
    const organization = this.registry.find(key);
    if (!organization) throw new AppError("not_found");
    const operator = { id: "operator-1", name: "Vera", email: null, role: "viewer" as const };
    return {
      environment: this.environment,
      database: this.database,
      organizations: this.registry,
      logger: pino({ level: "silent" }),
      now: this.now,
      newId: randomUUID,
      actor: {
        kind: "operator",
        operator,
        sessionId: "session-1",
        address: null,
        authenticatedAt: this.now().toISOString(),
      },
      reference: "reference-1",
      organization,
    };
  }
}
