import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { runStep } from "../lib/simulator/demo/run-step.mjs";

// The shell without a window first: it paints nothing that nobody sees, and takes a third less time.
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const debianPackages = ["chromium-headless-shell", "chromium"];
const macApplications = ["Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium"];

/** @param {Record<string, string | undefined>} env */
function systemBrowsers(env) {
  const onPath = (env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const places = [...onPath, ...macApplications.map((application) => join("/Applications", application))];
  return [...new Set(places)].filter((place) => existsSync(place));
}

/**
 * The browser to test with: KEYWARDEN_BROWSER, else one of the system, else undefined, which means Playwright's own.
 * @param {Record<string, string | undefined>} env
 */
export const findBrowser = (env) =>
  env.KEYWARDEN_BROWSER === undefined ? systemBrowsers(env)[0] : env.KEYWARDEN_BROWSER || undefined;

/** Chromium refuses its sandbox to root, which containers often are. */
export const browserArguments = () => (process.getuid?.() === 0 ? ["--no-sandbox"] : []);

/** Whether Playwright really starts it; "" stands for Playwright's own. @param {string} root @param {string} path */
function starts(root, path) {
  const script = `
    import { chromium } from ${JSON.stringify(pathToFileURL(join(root, "node_modules", "playwright-core", "index.mjs")).href)};
    const [executablePath, ...args] = process.argv.slice(1);
    const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args });
    await browser.close();`;
  const command = ["--input-type=module", "-e", script, path, ...browserArguments()];
  return spawnSync(process.execPath, command, { cwd: root, stdio: "ignore", timeout: 60_000 }).status === 0;
}

/**
 * Finds a browser that starts, or installs one: Playwright's, else Debian's package. Answers its path, "" for Playwright's own.
 * @param {string} root
 * @param {(line: string) => void} say
 * @param {string} logs
 */
export async function provideBrowser(root, say, logs) {
  const usable = () => [...systemBrowsers(process.env), ""].find((path) => starts(root, path));
  const chosen = process.env.KEYWARDEN_BROWSER;
  if (chosen && starts(root, chosen)) return chosen;
  const present = usable();
  if (present !== undefined) return present;
  const isRoot = process.getuid?.() === 0;
  const playwright = [process.execPath, join(root, "node_modules", "playwright", "cli.js"), "install", "chromium"];
  const ways = [
    { what: "Playwright's Chromium", commands: [playwright] },
    ...(isRoot && existsSync("/etc/debian_version") ? debianPackages : []).map((name) => ({
      what: `Debian's ${name}`,
      commands: [
        ["apt-get", "update"],
        ["apt-get", "install", "-y", name],
      ],
    })),
  ];
  for (const { what, commands } of ways) {
    say(`No browser here; installing ${what}.`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    try {
      for (const command of commands) {
        await runStep({ name: "browser installation", command, cwd: root, env, logFile: join(logs, "browser.log") });
      }
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
    const installed = usable();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    "No browser starts here. Install Chromium or Chrome, or name one: KEYWARDEN_BROWSER=/path/to/chromium",
  );
}
