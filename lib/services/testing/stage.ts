import { randomUUID } from "node:crypto";
import pino from "pino";
import { simulatorControl } from "@/e2e/simulator-control";
import { openTestDatabase } from "@/lib/db/testing/open-test-database";
import type { CrashPoint } from "@/lib/domain/crash-point";
import type { Actor, OperatorRole } from "@/lib/domain/operator";
import { readEnvironment } from "@/lib/env/environment";
import type { AppContext, OrganizationContext } from "@/lib/services/context";
import { settleSyncs, syncOrganization } from "@/lib/services/inventory/sync";
import { createOrganizationRegistry, upsertConfiguredOrganizations } from "@/lib/services/organizations/register";
import { startSimulator } from "@/lib/simulator/mixpanel/server";

export const START = new Date("2026-11-23T12:00:00.000Z");
export type Person = { name: string; role: OperatorRole; authenticatedAt?: Date };
export const administrator: Person = { name: "Ada", role: "administrator" };
export const manager: Person = { name: "Max", role: "manager" };
export const viewer: Person = { name: "Vera", role: "viewer" };

/** One console on a database of its own, connected to a simulator of its own, with the inventory read and the clock held. */
export async function openStage(variables: Record<string, string> = {}) {
  const test = await openTestDatabase();
  const simulator = await startSimulator({ accounts: 40, projects: 6, seed: 7, oddities: false, now: START });
  const control = simulatorControl(simulator.url);
  const environment = readEnvironment({
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    NEXTAUTH_SECRET: "a secret of the tests that nobody else uses",
    OIDC_ISSUER: "http://127.0.0.1:4020",
    OIDC_CLIENT_ID: "keywarden",
    OIDC_CLIENT_SECRET: "another secret of the tests",
    KEYWARDEN_ADMINISTRATOR_GROUPS: "administrators",
    KEYWARDEN_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    MIXPANEL_SERVICE_ACCOUNT: simulator.owner.username,
    MIXPANEL_SERVICE_ACCOUNT_SECRET: simulator.owner.secret,
    MIXPANEL_ORGANIZATION_ID: String(simulator.organizationId),
    MIXPANEL_BASE_URL: `${simulator.url}/api/app`,
    ...variables,
  });
  let now = START.getTime();
  const log: string[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => log.push(line) });
  const clock = () => new Date(now);
  const registry = createOrganizationRegistry(environment, {
    now: clock,
    random: () => 0,
    sleep: async () => undefined,
    deadlines: { connect: 500, headers: 700, body: 700, total: 1_500 },
  });
  const app: AppContext = {
    environment,
    database: test.database,
    organizations: registry,
    logger,
    now: clock,
    newId: randomUUID,
  };
  await upsertConfiguredOrganizations(test.database, environment);
  const [organization] = registry.list();
  if (!organization) throw new Error("The stage has one organization.");
  const sync = () => syncOrganization({ ...app, organization });
  if ((await sync()) !== "replaced") throw new Error(`The first sync failed: ${log.join("")}`);

  const as = (
    person: Person,
    more: { crashPoint?: (name: CrashPoint) => void | Promise<void>; database?: AppContext["database"] } = {},
  ): OrganizationContext => {
    const { name, role, authenticatedAt = clock() } = person;
    const operator = { id: `operator-${name}`, name, email: null, role };
    const actor: Actor = {
      kind: "operator",
      operator,
      sessionId: `session-${name}`,
      authenticatedAt: authenticatedAt.toISOString(),
      address: "192.0.2.7",
    };
    return { ...app, organization, actor, reference: randomUUID(), ...more };
  };

  return {
    ...test,
    simulator,
    control,
    app,
    organization,
    log,
    as,
    sync,
    now: clock,
    newKey: () => randomUUID(),
    /** Moves both clocks on. */
    advance: async (seconds: number) => {
      now += seconds * 1_000;
      await control.clock({ advanceSeconds: seconds });
    },
    close: async () => {
      await settleSyncs(test.database);
      await registry.close();
      await simulator.stop();
      await test.close();
    },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;
