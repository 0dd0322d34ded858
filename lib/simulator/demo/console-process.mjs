import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeCommand, startChild, until } from "./children.mjs";

/**
 * @typedef {{
 *   root: string, port: number, url?: string, folder: string, env: Record<string, string | undefined>,
 *   organizations: unknown[], mixpanelBaseUrl?: string, signIn: Record<string, string>, secrets: import("./demo-secrets.mjs").DemoSecrets,
 * }} ConsoleStart
 */

const readyMs = 90_000;

/** @param {number} port */
export const consoleUrl = (port) => `http://localhost:${port}`;

/**
 * Starts the built console on this machine's loopback address and waits until it says that it is ready. `url` is where
 * people reach it, where that is another address than its own.
 * @param {ConsoleStart} start
 */
export async function startConsole(start) {
  const { root, port, url = consoleUrl(port), folder, env, organizations, mixpanelBaseUrl, signIn, secrets } = start;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const organizationsFile = join(folder, "organizations.json");
  writeFileSync(organizationsFile, JSON.stringify(organizations), { mode: 0o600 });
  const child = startChild({
    name: "console",
    command: nodeCommand(
      join(root, "node_modules", "next", "dist", "bin", "next"),
      "start",
      "-H",
      "127.0.0.1",
      "-p",
      String(port),
    ),
    cwd: root,
    env: {
      ...env,
      ...(mixpanelBaseUrl && { MIXPANEL_BASE_URL: mixpanelBaseUrl }),
      ...signIn,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: String(port),
      NEXTAUTH_URL: url,
      NEXTAUTH_SECRET: secrets.sessionSecret,
      KEYWARDEN_ENCRYPTION_KEY: secrets.encryptionKey,
      KEYWARDEN_DATA_DIR: join(folder, "data"),
      KEYWARDEN_ORGANIZATIONS_FILE: organizationsFile,
    },
    logFile: join(folder, "logs", "console.log"),
  });
  await until(child, () => isReady(port), readyMs);
  return child;
}

/** @param {number} port */
async function isReady(port) {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`, { signal: AbortSignal.timeout(5_000) });
    return answer.ok ? true : undefined;
  } catch {
    return undefined;
  }
}
