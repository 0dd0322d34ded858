import { randomUUID } from "node:crypto";
import pino from "pino";
import { simulatorControl } from "@/e2e/simulator-control";
import type { Database } from "@/lib/db/database";
import { openTestDatabase } from "@/lib/db/testing/open-test-database";
import type { Actor, OperatorRole } from "@/lib/domain/operator";
import { readEnvironment } from "@/lib/env/environment";
import type { AppContext, OrganizationContext, RequestContext } from "@/lib/services/context";
import { findOrganization } from "@/lib/services/organizations/find-organization";
import { createOrganizationRegistry, upsertConfiguredOrganizations } from "@/lib/services/organizations/register";
import { startSimulator } from "@/lib/simulator/mixpanel/server";

const START = new Date("2026-11-23T12:00:00.000Z");
type Who = { role?: OperatorRole; signedInMinutesAgo?: number };

/** A console that keeps its organizations in the database, over a simulator with one in each region. */
export async function openDesk(variables: Record<string, string> = {}) {
  const test = await openTestDatabase();
  const simulator = await startSimulator({
    accounts: 8,
    projects: 3,
    seed: 5,
    organizations: 3,
    oddities: false,
    now: START,
  });
  const control = simulatorControl(simulator.url);
  let time = START.getTime();
  const now = () => new Date(time);
  const log: string[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => log.push(line) });
  const environment = readEnvironment({
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    NEXTAUTH_SECRET: "a secret of the tests that nobody else uses",
    OIDC_ISSUER: "http://127.0.0.1:4020",
    OIDC_CLIENT_ID: "keywarden",
    OIDC_CLIENT_SECRET: "another secret of the tests",
    KEYWARDEN_ADMINISTRATOR_GROUPS: "administrators",
    KEYWARDEN_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    MIXPANEL_BASE_URL: `${simulator.url}/regions/{region}/api/app`,
    ...variables,
  });
  const registries: { close: () => Promise<void> }[] = [];

  /** One process of the console; every replica has a handle and a registry of its own. */
  async function replica(database: Database) {
    const options = {
      now,
      random: () => 0,
      sleep: async () => undefined,
      deadlines: { connect: 500, headers: 700, body: 700, total: 1_500 },
      logger,
    };
    const organizations = createOrganizationRegistry(environment, options, { database, logger });
    registries.push(organizations);
    const app: AppContext = { environment, database, organizations, logger, now, newId: randomUUID };
    await upsertConfiguredOrganizations(database, environment);
    const request = ({ role = "administrator", signedInMinutesAgo = 0 }: Who = {}): RequestContext => {
      const operator = { id: `operator-${role}`, name: "Ada", email: null, role };
      const authenticatedAt = new Date(time - signedInMinutesAgo * 60_000).toISOString();
      const actor: Actor = { kind: "operator", operator, sessionId: "s", authenticatedAt, address: "192.0.2.7" };
      return { ...app, actor, reference: randomUUID() };
    };
    const inside = async (key: string, more: Partial<OrganizationContext> & Who = {}): Promise<OrganizationContext> => {
      const { role, signedInMinutesAgo, ...rest } = more;
      const context = request({ ...(role && { role }), ...(signedInMinutesAgo && { signedInMinutesAgo }) });
      return { ...context, organization: await findOrganization(context, key), ...rest };
    };
    return { app, request, inside };
  }

  return {
    ...test,
    simulator,
    control,
    environment,
    log,
    here: await replica(test.database),
    /** Another process on the same database. */
    another: async () => replica(await test.again()),
    now,
    newKey: () => randomUUID(),
    /** Moves all clocks on. */
    advance: async (seconds: number) => {
      time += seconds * 1_000;
      await control.clock({ advanceSeconds: seconds });
    },
    close: async () => {
      for (const registry of registries) await registry.close();
      await simulator.stop();
      await test.close();
    },
  };
}
export type Desk = Awaited<ReturnType<typeof openDesk>>;
