import { join } from "node:path";
import { description, nodeCommand, startChild } from "./children.mjs";

/**
 * @typedef {{ signInName: string, role: string, groups: string[] }} DemoOperator
 * @typedef {{ issuer: string, clientId: string, clientSecret: string, operators: DemoOperator[] }} ProviderDescription
 * @typedef {{ root: string, port: number, folder: string, env: Record<string, string | undefined>, consoleUrl: string }} ProviderStart
 */

/**
 * Starts the demo identity provider for a console at `consoleUrl` and reads what it says about itself.
 * @param {ProviderStart} start
 */
export async function startIdentityProvider({ root, port, folder, env, consoleUrl }) {
  const main = join(root, "lib", "simulator", "identity-provider", "main.ts");
  const child = startChild({
    name: "identity provider",
    command: nodeCommand("--import", "tsx", main, "--port", String(port), "--console", consoleUrl),
    cwd: root,
    env,
    logFile: join(folder, "logs", "identity-provider.log"),
  });
  return { child, description: /** @type {ProviderDescription} */ (await description(child)) };
}

/**
 * What the console has to be told to sign people in there.
 * @param {ProviderDescription} description
 */
export function signInSettings({ issuer, clientId, clientSecret, operators }) {
  const groupsOf = (/** @type {string} */ role) =>
    operators.flatMap((operator) => (operator.role === role ? operator.groups : [])).join(",");
  return {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    KEYWARDEN_VIEWER_GROUPS: groupsOf("viewer"),
    KEYWARDEN_MANAGER_GROUPS: groupsOf("manager"),
    KEYWARDEN_ADMINISTRATOR_GROUPS: groupsOf("administrator"),
  };
}
