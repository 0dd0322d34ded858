import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Region } from "@/lib/domain/region";
import { answerGarbage, listenerFor } from "./listener";
import { Simulator } from "./simulator";
import type { Account, Organization } from "./store";

export type SimulatorOptions = {
  /** 0 takes any free port. */
  port?: number;
  host?: string;
  accounts?: number;
  projects?: number;
  /** Milliseconds every answer is held back. */
  latency?: number;
  seed?: number;
  organizations?: number;
  /** false leaves out the seeded departures from the published contract. */
  oddities?: boolean;
  /** Where the clock starts; the machine's time when left out. */
  now?: Date;
};

export type Credential = { username: string; secret: string };

export type OrganizationDescription = {
  organizationId: number;
  region: Region;
  name: string;
  url: string;
  owner: Credential;
  admin: Credential;
  project: Credential;
};

/** `url` is the origin: the API is under `/api/app` there, the controls under `/__simulator`. */
export type SimulatorDescription = Pick<
  OrganizationDescription,
  "url" | "organizationId" | "owner" | "admin" | "project"
> & {
  organizations: OrganizationDescription[];
};

export type RunningSimulator = SimulatorDescription & { stop: () => Promise<void> };

const IDLE_CONNECTION_MS = 65_000;

export const simulatorDefaults = {
  port: 0,
  host: "127.0.0.1",
  accounts: 120,
  projects: 24,
  latency: 0,
  seed: 1,
  organizations: 1,
  oddities: true,
};

function credential({ username, secret }: Account): Credential {
  return { username, secret };
}

function describe({ id, region, name, credentials }: Organization, url: string): OrganizationDescription {
  const { owner, admin, project } = credentials;
  return {
    organizationId: id,
    region,
    name,
    url,
    owner: credential(owner),
    admin: credential(admin),
    project: credential(project),
  };
}

/** Starts a simulator in this process; rejects with the server's error when the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const { port, host, ...rest } = { ...simulatorDefaults, ...options };
  const simulator = new Simulator({ ...rest, now: options.now?.getTime() ?? null });
  const server = createServer({ keepAliveTimeout: IDLE_CONNECTION_MS }, listenerFor(simulator));
  server.on("clientError", (_failure, socket) => answerGarbage(simulator, socket));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = addressOf(server.address());
  const url = `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${bound}`;
  const [first, ...others] = [...simulator.world.organizations.values()].map((entry) => describe(entry, url));
  if (!first) throw new Error("A simulator has at least one organization.");
  const { organizationId, owner, admin, project } = first;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, organizationId, owner, admin, project, organizations: [first, ...others], stop };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The simulator listens on a port.");
  return address;
}
