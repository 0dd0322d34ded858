import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runStep } from "./run-step.mjs";

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean }>} */
const packagesOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {});

/** @param {string} root */
function isInstalled(root) {
  const present = packagesOf(join(root, "node_modules", ".package-lock.json"));
  const wanted = Object.entries(packagesOf(join(root, "package-lock.json")));
  return wanted.every(([path, { version, optional }]) => path === "" || optional || present[path]?.version === version);
}

/** Compiled for another Node, or not at all where install scripts are switched off. @param {string} root */
function nativePartsWork(root) {
  const script = "new (require('better-sqlite3'))(':memory:').close()";
  return spawnSync(process.execPath, ["-e", script], { cwd: root, stdio: "ignore" }).status === 0;
}

/** The npm that runs us, else the one on the path. @param {string[]} args */
function npmCommand(args) {
  const cli = process.env.npm_execpath;
  return cli && /npm-cli\.c?js$/.test(cli) ? [process.execPath, cli, ...args] : ["npm", ...args];
}

/**
 * Brings node_modules to what package-lock.json says, unless it is there already.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function installWhatIsMissing(root, say) {
  const step = { cwd: root, env: process.env };
  if (!isInstalled(root)) {
    say(
      "Installing packages. This may take 2 minutes, because better-sqlite3 is compiled where no build of it exists.",
    );
    const command = npmCommand(["ci", "--include=dev", "--no-audit", "--no-fund", "--global=false", "--dry-run=false"]);
    await runStep({ ...step, name: "installation", command, logFile: join(root, ".demo", "logs", "install.log") });
  }
  if (nativePartsWork(root)) return;
  say("Compiling better-sqlite3 for this Node.");
  const command = npmCommand(["rebuild", "better-sqlite3", "--ignore-scripts=false"]);
  await runStep({ ...step, name: "compilation", command, logFile: join(root, ".demo", "logs", "compile.log") });
  if (!nativePartsWork(root)) {
    throw new Error(
      "better-sqlite3 does not load. It needs Python 3, make and a C++ compiler to be built; see docs/development.md.",
    );
  }
}
