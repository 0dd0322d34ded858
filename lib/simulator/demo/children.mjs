import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/**
 * @typedef {{ name: string, command: string[], cwd: string, env: Record<string, string | undefined>, logFile: string }} ChildOptions
 * @typedef {{ name: string, exited: Promise<number>, hasExited: () => boolean, output: () => string, stop: () => Promise<void>, kill: (signal: NodeJS.Signals) => void }} Child
 */

const patienceMs = 8_000;
/** @type {Set<Child>} */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

const preload = new URL("leave-with-parent.mjs", import.meta.url).href;

/**
 * A Node command line whose process ends with the one that started it.
 * @param {...string} rest
 */
export const nodeCommand = (...rest) => [process.execPath, "--import", preload, ...rest];

/**
 * Starts a command as a process group of its own, with its output in a file, so that stopping it leaves nobody behind.
 * @param {ChildOptions} options
 * @returns {Child}
 */
export function startChild({ name, command, cwd, env, logFile }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "w", 0o600);
  const [file = "", ...args] = command;
  const spawned = spawn(file, args, {
    cwd,
    env: /** @type {NodeJS.ProcessEnv} */ (env),
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let ended = false;
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => {
    spawned.once("error", () => resolve(127));
    spawned.once("exit", (code) => resolve(code ?? 1));
  });
  /** @type {Child} */
  const child = {
    name,
    exited,
    hasExited: () => ended,
    output: () => readFileSync(logFile, "utf8"),
    kill: (signal) => {
      try {
        if (spawned.pid !== undefined) process.kill(-spawned.pid, signal);
      } catch {
        // The whole group is gone already.
      }
    },
    stop: async () => {
      if (!ended) {
        child.kill("SIGTERM");
        await Promise.race([exited, wait(patienceMs, undefined, { ref: false })]);
      }
      child.kill("SIGKILL");
      await exited;
    },
  };
  running.add(child);
  exited.then(() => {
    ended = true;
    child.kill("SIGKILL");
    running.delete(child);
  });
  return child;
}

export const stopAll = () => Promise.all([...running].map((child) => child.stop()));

/**
 * The last lines a child wrote, for whoever has to find out why it ended.
 * @param {Child} child
 */
export const lastLines = (child) => child.output().trimEnd().split("\n").slice(-25).join("\n");

/**
 * Waits until `ready` answers something; throws when the child ends first or the time is over.
 * @template T
 * @param {Child} child
 * @param {() => Promise<T | undefined> | T | undefined} ready
 * @param {number} limitMs
 * @returns {Promise<T>}
 */
export async function until(child, ready, limitMs) {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await wait(100)) {
    if (child.hasExited()) throw new Error(`The ${child.name} ended before it was ready:\n${lastLines(child)}`);
    const answer = await ready();
    if (answer !== undefined) return answer;
  }
  throw new Error(`The ${child.name} was not ready after ${limitMs / 1000} s:\n${lastLines(child)}`);
}

/**
 * What a child says about itself: its first line of JSON. Warnings of its libraries may stand before it.
 * @param {Child} child
 * @returns {Promise<unknown>}
 */
export async function description(child) {
  const line = await until(child, () => /^\{.*\}$/m.exec(child.output())?.[0], 60_000);
  return JSON.parse(line);
}
