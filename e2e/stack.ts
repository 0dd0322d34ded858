import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "../lib/simulator/demo/child-environment.mjs";
import { consoleUrl, startConsole } from "../lib/simulator/demo/console-process.mjs";
import { newSecrets } from "../lib/simulator/demo/demo-secrets.mjs";
import { signInSettings, startIdentityProvider } from "../lib/simulator/demo/identity-provider-process.mjs";
import { freePort } from "../lib/simulator/demo/ports.mjs";
import { organizationEntries, startUpstreamSimulator } from "../lib/simulator/demo/upstream-simulator.mjs";
import { identityProviderControl } from "./identity-provider-control";
import { simulatorControl } from "./simulator-control";

export type StackOptions = {
  accounts?: number;
  projects?: number;
  organizations?: number;
  /** Milliseconds each answer of the simulator is held back. */
  latency?: number;
  seed?: number;
  /** Further variables for the console. */
  environment?: Record<string, string>;
};

const root = fileURLToPath(new URL("..", import.meta.url));
const nobody = "nadia.nobody@example.com";

/** Starts simulator, identity provider and the built console on free ports, with a database in a folder of its own. */
export async function startStack(options: StackOptions = {}) {
  const { environment = {}, ...seeding } = options;
  const folder = mkdtempSync(join(tmpdir(), "keywarden-stack-"));
  const env = childEnvironment(root);
  const port = await freePort();
  const url = consoleUrl(port);
  const [simulator, provider] = await Promise.all([
    startUpstreamSimulator({
      root,
      port: 0,
      folder,
      env,
      options: Object.entries(seeding).flatMap(([name, value]) => [`--${name}`, String(value)]),
    }),
    startIdentityProvider({ root, port: 0, folder, env, consoleUrl: url }),
  ]);
  const entries = organizationEntries(simulator.description);
  const start = { root, port, folder, organizations: entries, secrets: newSecrets() };
  const launch = (more: Record<string, string>) =>
    startConsole({ ...start, env: { ...env, ...environment, ...more }, signIn: signInSettings(provider.description) });
  let running = await launch({});
  const { operators } = provider.description;
  const signInNames = Object.fromEntries(operators.map(({ role, signInName }) => [role, signInName]));
  return {
    url,
    folder,
    organizations: simulator.description.organizations.map((each) => ({ ...each, key: String(each.organizationId) })),
    /** Cookies of a signed-in operator by role, filled by `signInAs`. */
    sessions: new Map<string, Awaited<ReturnType<import("@playwright/test").BrowserContext["cookies"]>>>(),
    signInNameOf: (role: string) => signInNames[role] ?? nobody,
    simulator: simulatorControl(simulator.description.url),
    identityProvider: identityProviderControl(provider.description.issuer),
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
    stop: async () => {
      await Promise.all([running, simulator.child, provider.child].map((child) => child.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Stack = Awaited<ReturnType<typeof startStack>>;
