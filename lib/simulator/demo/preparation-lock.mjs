import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** @param {string} file */
function holder(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM" ? -1 : 0;
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

/**
 * Installing and building happen once at a time in a folder, however many commands are started in it.
 * @template T
 * @param {string} root
 * @param {(line: string) => void} say
 * @param {() => Promise<T>} work
 */
export async function onePreparationAtATime(root, say, work) {
  mkdirSync(join(root, ".demo"), { recursive: true });
  const file = join(root, ".demo", "preparing");
  let told = false;
  while (!take(file)) {
    const pid = holder(file);
    if (pid === 0) rmSync(file, { force: true });
    else if (!told) say(`Another Keywarden command (process ${pid}) is installing or building here; waiting for it.`);
    told = told || pid !== 0;
    await wait(pid === 0 ? 50 : 500);
  }
  const leave = () => rmSync(file, { force: true });
  process.once("exit", leave);
  try {
    return await work();
  } finally {
    process.removeListener("exit", leave);
    leave();
  }
}
