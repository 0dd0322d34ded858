import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** @typedef {{ encryptionKey: string, sessionSecret: string }} DemoSecrets */

/** Fresh secrets of the form the console asks for. @returns {DemoSecrets} */
export const newSecrets = () => ({
  encryptionKey: randomBytes(32).toString("base64"),
  sessionSecret: randomBytes(48).toString("base64"),
});

/**
 * The secrets of this folder's demo, made on the first start and readable by their owner only.
 * @param {string} file
 * @returns {DemoSecrets}
 */
export function keptSecrets(file) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const secrets = newSecrets();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
