import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildWhatChanged } from "./build.mjs";
import { childEnvironment } from "./child-environment.mjs";
import { stopAll } from "./children.mjs";
import { consoleUrl, startConsole } from "./console-process.mjs";
import { keptSecrets } from "./demo-secrets.mjs";
import { signInSettings, startIdentityProvider } from "./identity-provider-process.mjs";
import { installWhatIsMissing } from "./install.mjs";
import { nextFreePort, reservePort } from "./ports.mjs";
import { onePreparationAtATime } from "./preparation-lock.mjs";
import { readPorts, realCredentials, takenLine } from "./settings.mjs";
import { organizationEntries, regionalBaseUrl, startUpstreamSimulator } from "./upstream-simulator.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const organization = [
  "--accounts",
  "120",
  "--projects",
  "24",
  "--organizations",
  "3",
  "--latency",
  "120",
  "--seed",
  "1",
];

let stopping = false;
const say = (/** @type {string} */ line) => console.log(line);

/** @param {number} code */
async function leave(code) {
  if (stopping) return;
  stopping = true;
  await stopAll();
  process.exit(code);
}

/** Installs, builds and starts the demo, prints where it is, and stays until it is stopped or a part of it ends. */
export async function runDemo() {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      say("\nStopping.");
      void leave(0);
    });
  }
  try {
    await start();
  } catch (error) {
    if (stopping) return;
    console.error(error instanceof Error ? error.message : String(error));
    await leave(1);
  }
}

async function start() {
  const ports = readPorts(process.env);
  const [consolePort, simulatorPort, providerPort] = await reserveAll(ports);
  const real = realCredentials(process.env);
  if (real.length > 0) say(`${real.join(", ")} left aside: the demo uses its simulator only. \`npm start\` uses them.`);
  await onePreparationAtATime(root, say, async () => {
    await installWhatIsMissing(root, say);
    await buildWhatChanged(root, say);
  });

  say("Starting.");
  const folder = join(root, ".demo", `console-${consolePort.port}`);
  // The simulator begins at its seed each time; a database that remembered more would contradict it.
  rmSync(folder, { recursive: true, force: true });
  const secrets = keptSecrets(join(root, ".demo", "secrets.json"));
  const env = childEnvironment(root);
  await Promise.all([simulatorPort.release(), providerPort.release()]);
  const [simulator, provider] = await Promise.all([
    startUpstreamSimulator({ root, port: simulatorPort.port, folder, env, options: organization }),
    startIdentityProvider({ root, port: providerPort.port, folder, env, consoleUrl: consoleUrl(consolePort.port) }),
  ]);
  await consolePort.release();
  const organizations = organizationEntries(simulator.description);
  const signIn = signInSettings(provider.description);
  const mixpanelBaseUrl = regionalBaseUrl(simulator.description);
  const where = { root, port: consolePort.port, folder, env };
  const console_ = await startConsole({ ...where, organizations, mixpanelBaseUrl, signIn, secrets });
  announce(consolePort.port, provider.description.operators, folder);

  for (const child of [simulator.child, provider.child, console_]) {
    child.exited.then((code) => {
      if (stopping) return;
      console.error(`The ${child.name} ended by itself (exit ${code}). ${folder}/logs tells more. Stopping the rest.`);
      void leave(1);
    });
  }
}

/**
 * @typedef {{ port: number, release: () => Promise<void> }} Reserved
 * @param {import("./settings.mjs").PortSetting[]} settings
 * @returns {Promise<[Reserved, Reserved, Reserved]>}
 */
async function reserveAll(settings) {
  const reserved = await Promise.all(settings.map(({ port }) => reservePort(port)));
  const taken = settings.filter((_, index) => reserved[index] === null);
  const [first, second, third] = reserved;
  if (first && second && third) return [first, second, third];
  const lines = taken.map(async (setting) => takenLine(setting, await nextFreePort(setting.port)));
  const told = (await Promise.all(lines)).join("\n");
  await Promise.all(reserved.map((each) => each?.release()));
  throw new Error(told);
}

/** @param {number} port @param {import("./identity-provider-process.mjs").DemoOperator[]} operators @param {string} folder */
function announce(port, operators, folder) {
  const width = Math.max(...operators.map(({ signInName }) => signInName.length));
  say(`\nKeywarden is ready: ${consoleUrl(port)}\n\nSign in as one of:`);
  for (const { signInName, role } of operators) say(`  ${signInName.padEnd(width)}  ${role}`);
  say(`\nOrganizations are simulated and start afresh each time. Logs: ${folder}/logs. Ctrl-C stops everything.`);
}
