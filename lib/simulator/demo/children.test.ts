import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { childEnvironment } from "./child-environment.mjs";
import { description, nodeCommand, startChild, until } from "./children.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keywarden children "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (script: string) =>
  startChild({
    name: "part",
    command: nodeCommand("-e", script),
    cwd: folder,
    env: process.env,
    logFile: join(folder, "logs", "part.log"),
  });
/** A process that has ended and was not collected by its parent yet is not alive. */
const isAlive = (pid: number) => {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
};

test("stopping a part stops what it started, even where that ignores the signal", async () => {
  const part = start(`
    const { spawn } = require("node:child_process");
    const stubborn = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"]);
    console.log(JSON.stringify({ pid: stubborn.pid }));
    setInterval(() => {}, 1000);`);
  const { pid } = JSON.parse(JSON.stringify(await description(part)));
  expect(isAlive(pid)).toBe(true);
  await part.stop();
  expect(part.hasExited()).toBe(true);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test("warnings before the description do not hide it", async () => {
  const part = start(`console.error("{ a warning"); console.log('{"url":"x"}'); setInterval(() => {}, 1000)`);
  expect(await description(part)).toEqual({ url: "x" });
  await part.stop();
});

test("a part that ends early is named, with its last words", async () => {
  const part = start(`console.error("no such table"); process.exit(3)`);
  await expect(until(part, () => undefined, 10_000)).rejects.toThrow(/part ended before it was ready:\nno such table/);
  expect(await part.exited).toBe(3);
});

test("settings of the caller and of .env files stay out, the machine's stay", () => {
  writeFileSync(join(folder, ".env.local"), "# real\nMIXPANEL_SERVICE_ACCOUNT_SECRET=real\nexport EXTRA='x'\n");
  process.env.KEYWARDEN_DATA_DIR = "/somewhere";
  const env = childEnvironment(folder);
  delete process.env.KEYWARDEN_DATA_DIR;
  expect(env).toMatchObject({ MIXPANEL_SERVICE_ACCOUNT_SECRET: "", EXTRA: "", PATH: process.env.PATH });
  expect(env).not.toHaveProperty("KEYWARDEN_DATA_DIR");
  expect(Object.keys(env).filter((name) => name.startsWith("VITEST"))).toEqual([]);
});
