import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "../lib/simulator/demo/child-environment.mjs";
import { consoleUrl, startConsole } from "../lib/simulator/demo/console-process.mjs";
import { newSecrets } from "../lib/simulator/demo/demo-secrets.mjs";
import { signInSettings, startIdentityProvider } from "../lib/simulator/demo/identity-provider-process.mjs";
import { freePort } from "../lib/simulator/demo/ports.mjs";
import {
  organizationEntries,
  regionalBaseUrl,
  startUpstreamSimulator,
} from "../lib/simulator/demo/upstream-simulator.mjs";
import { identityProviderControl } from "./identity-provider-control";
import { type NamedSecret, rememberIssuedSecrets } from "./proof/secrets/named-secrets";
import { recordTraffic } from "./proof/traffic/record-traffic";
import { simulatorControl } from "./simulator-control";

export type StackOptions = {
  accounts?: number;
  projects?: number;
  organizations?: number;
  /** How many of them the console knows from its environment; all when left out. */
  configured?: number;
  /** Milliseconds each answer of the simulator is held back. */
  latency?: number;
  seed?: number;
  /** Keeps every answer, to be searched for secrets. */
  recorded?: boolean;
  /** Further variables for the console. */
  environment?: Record<string, string>;
};

const root = fileURLToPath(new URL("..", import.meta.url));
const nobody = "nadia.nobody@example.com";

/** Starts simulator, identity provider and the built console on free ports, with a database in a folder of its own. */
export async function startStack(options: StackOptions = {}) {
  const { environment = {}, configured, recorded = false, ...seeding } = options;
  const folder = mkdtempSync(join(tmpdir(), "keywarden-stack-"));
  const env = childEnvironment(root);
  const port = await freePort();
  const traffic = recorded ? await recordTraffic(port) : null;
  const url = consoleUrl(traffic?.port ?? port);
  const startSimulator = (atPort: number) =>
    startUpstreamSimulator({
      root,
      port: atPort,
      folder,
      env,
      options: Object.entries(seeding).flatMap(([name, value]) => [`--${name}`, String(value)]),
    });
  const [simulator, provider] = await Promise.all([
    startSimulator(0),
    startIdentityProvider({ root, port: 0, folder, env, consoleUrl: url }),
  ]);
  const organizations = organizationEntries(simulator.description).slice(0, configured);
  const mixpanelBaseUrl = regionalBaseUrl(simulator.description);
  const start = { root, port, url, folder, organizations, mixpanelBaseUrl, secrets: newSecrets() };
  const launch = (more: Record<string, string>) =>
    startConsole({ ...start, env: { ...env, ...environment, ...more }, signIn: signInSettings(provider.description) });
  let running = await launch({});
  let upstream = simulator.child;
  const { operators, clientSecret } = provider.description;
  const simulated = rememberIssuedSecrets(simulatorControl(simulator.description.url));
  const provided = identityProviderControl(provider.description.issuer);
  /** Everything that only the console, Mixpanel or the provider may know. */
  const secrets = async (): Promise<NamedSecret[]> => [
    { name: "session secret", value: start.secrets.sessionSecret },
    { name: "encryption key", value: start.secrets.encryptionKey },
    { name: "client secret", value: clientSecret },
    ...simulator.description.organizations.flatMap(({ owner, admin, project }) =>
      [owner, admin, project].map((credential) => ({ name: "credential", value: credential.secret })),
    ),
    ...(await simulated.issuedSecrets()).map((value) => ({ name: "issued secret", value })),
    ...(await provided.tokens()).map((value) => ({ name: "provider token", value })),
  ];
  const signInNames = Object.fromEntries(operators.map(({ role, signInName }) => [role, signInName]));
  return {
    url,
    folder,
    organizations: simulator.description.organizations.map((each) => ({ ...each, key: String(each.organizationId) })),
    /** Cookies of a signed-in operator by role, filled by `signInAs`. */
    sessions: new Map<string, Awaited<ReturnType<import("@playwright/test").BrowserContext["cookies"]>>>(),
    signInNameOf: (role: string) => signInNames[role] ?? nobody,
    simulator: simulated.control,
    identityProvider: provided,
    secrets,
    /** What the console has answered to browsers and programs so far, where it is recorded. */
    traffic,
    /** Everything the console has written to its output since it was started. */
    consoleOutput: () => running.output(),
    /** Ends the console at once, as a crash or a lost machine would. */
    killConsole: async () => {
      running.kill("SIGKILL");
      await running.exited;
    },
    /** Starts it again on the same address and database, with further variables where given. */
    restartConsole: async (more: Record<string, string> = {}) => {
      await running.stop();
      running = await launch(more);
    },
    /** Ends the simulator: connections to Mixpanel are refused from now on. */
    stopSimulator: async () => {
      await simulated.note();
      await upstream.stop();
    },
    /** Starts it again on its address, as seeded. */
    startSimulator: async () => {
      upstream = (await startSimulator(Number(new URL(simulator.description.url).port))).child;
    },
    stop: async () => {
      await Promise.all([running, upstream, provider.child].map((child) => child.stop()));
      await traffic?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Stack = Awaited<ReturnType<typeof startStack>>;
