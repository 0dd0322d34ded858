import { join } from "node:path";
import { description, nodeCommand, startChild } from "./children.mjs";

/**
 * @typedef {{ username: string, secret: string }} Credential
 * @typedef {{ organizationId: number, region: string, name: string, url: string, owner: Credential, admin: Credential, project: Credential }} SimulatedOrganization
 * @typedef {{ url: string, organizations: SimulatedOrganization[] }} SimulatorDescription
 * @typedef {{ root: string, port: number, folder: string, options?: string[] }} SimulatorStart
 */

/**
 * Starts the simulator in its own process and reads what it says about itself.
 * @param {SimulatorStart & { env: Record<string, string | undefined> }} start
 */
export async function startUpstreamSimulator({ root, port, folder, env, options = [] }) {
  const main = join(root, "lib", "simulator", "mixpanel", "main.ts");
  const child = startChild({
    name: "simulator",
    command: nodeCommand("--import", "tsx", main, "--port", String(port), ...options),
    cwd: root,
    env,
    logFile: join(folder, "logs", "simulator.log"),
  });
  return { child, description: /** @type {SimulatorDescription} */ (await description(child)) };
}

/**
 * The simulated organizations as KEYWARDEN_ORGANIZATIONS_FILE lists them, with their owner's credential and one host per region.
 * @param {SimulatorDescription} description
 */
export const organizationEntries = ({ organizations }) =>
  organizations.map(({ organizationId, region, name, url, owner }) => ({
    organizationId,
    region,
    name,
    serviceAccount: owner.username,
    serviceAccountSecret: owner.secret,
    baseUrl: Object.fromEntries(["us", "eu", "in"].map((host) => [host, `${url}/regions/${host}/api/app`])),
  }));

/**
 * The simulator's address per region, as MIXPANEL_BASE_URL takes it: for organizations added on the settings page.
 * @param {SimulatorDescription} description
 */
export const regionalBaseUrl = ({ url }) => `${url}/regions/{region}/api/app`;
