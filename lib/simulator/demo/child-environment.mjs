import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ours = /^(KEYWARDEN_|MIXPANEL_|NEXTAUTH_|OIDC_|DATABASE_URL|PORT$|HOSTNAME$|SIMULATOR_|IDENTITY_PROVIDER_)/;
const leftovers = /^(npm_(?!config_)|NODE_ENV$|VITEST|TEST$|TEST_|PW_|NEXT_|__NEXT|TURBOPACK)/;
const environmentFiles = [".env", ".env.local", ".env.production", ".env.production.local"];

/**
 * What a started process inherits: the machine's settings, and none of a caller's own Keywarden settings.
 * @param {string} root
 * @returns {Record<string, string | undefined>}
 */
export function childEnvironment(root) {
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name) && !leftovers.test(name));
  return Object.fromEntries([...namesInFiles(root).map((name) => [name, ""]), ...inherited]);
}

/**
 * Next reads .env files by itself and fills what is unset; set to nothing, a real credential there stays out.
 * @param {string} root
 */
function namesInFiles(root) {
  const files = environmentFiles.map((file) => join(root, file)).filter((file) => existsSync(file));
  const lines = files.flatMap((file) => readFileSync(file, "utf8").split("\n"));
  return lines.flatMap((line) => /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1] ?? []);
}
