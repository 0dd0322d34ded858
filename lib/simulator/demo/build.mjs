import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { childEnvironment } from "./child-environment.mjs";
import { nodeCommand } from "./children.mjs";
import { runStep } from "./run-step.mjs";

const inputs = [
  ...["app", "components", "lib", "public", "package.json", "package-lock.json", "next.config.js", "tsconfig.json"],
  ...["postcss.config.mjs", "instrumentation.ts", "proxy.ts"],
];
const noInput = /^lib\/simulator\/|\.test\.tsx?$/;

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/** One value for everything the build reads. @param {string} root */
function fingerprint(root) {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap((input) => filesUnder(join(root, input)))) {
    const name = relative(root, file);
    if (!noInput.test(name)) hash.update(`${name}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/**
 * Builds the console, unless nothing the build reads has changed since the last one.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function buildWhatChanged(root, say) {
  const stamp = join(root, ".next", "built-from");
  const current = fingerprint(root);
  const unchanged =
    existsSync(join(root, ".next", "BUILD_ID")) && existsSync(stamp) && readFileSync(stamp, "utf8") === current;
  if (unchanged) return say("Nothing changed since the last build.");
  say("Building. This takes about half a minute.");
  rmSync(stamp, { force: true });
  await runStep({
    name: "build",
    command: nodeCommand(join(root, "node_modules", "next", "dist", "bin", "next"), "build"),
    cwd: root,
    env: { ...childEnvironment(root), NEXT_TELEMETRY_DISABLED: "1" },
    logFile: join(root, ".demo", "logs", "build.log"),
  });
  writeFileSync(stamp, current);
}
