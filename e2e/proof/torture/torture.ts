import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildWhatChanged } from "../../../lib/simulator/demo/build.mjs";
import { onePreparationAtATime } from "../../../lib/simulator/demo/preparation-lock.mjs";
import { withPostgresql } from "../postgresql";
import { killConsoles } from "./console-kills";
import { killRotations } from "./rotation-kills";
import { isSpotless, runTorture, type Score, type TortureOptions } from "./run-torture";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    pairs: { type: "string", default: "1000" },
    keys: { type: "string", default: "12" },
    database: { type: "string", default: "both" },
    /** Leaves out the rounds that kill the built console over HTTP. */
    "no-console": { type: "boolean", default: false },
    /** Leaves out the rounds that kill a process inside a rotation. */
    "no-rotations": { type: "boolean", default: false },
  },
});
const count = (name: "rounds" | "pairs" | "keys") => {
  const number = /^\d{1,6}$/.test(values[name]) ? Number(values[name]) : Number.NaN;
  if (Number.isNaN(number)) throw new Error(`--${name} must be a whole number, not "${values[name]}".`);
  return number;
};
const say = (line: string) => console.log(line);
const totals: Score[] = [];
let consolesWrong = 0;
let rotationsWrong = 0;

async function torture(name: string, target: Pick<TortureOptions, "databaseUrl" | "serverFolder">): Promise<void> {
  const rounds = count("rounds");
  const options = {
    rounds,
    perKill: 1,
    anywhere: rounds,
    pairs: count("pairs"),
    keys: count("keys"),
    hurried: false,
    ...target,
  };
  const score = await runTorture(options, (line) => say(`${name}: ${line}`));
  say(JSON.stringify({ database: name, ...score }));
  totals.push(score);
}

/** The console keeps its own process, so its rounds are few: each start takes seconds. */
async function killTheConsole(name: string, databaseUrl?: string): Promise<void> {
  const { kills, intended, operations, ledgerEntries, brokenChain, ...wrong } = await killConsoles(databaseUrl);
  const counts = Object.fromEntries(Object.entries(wrong).map(([what, found]) => [what, found.length]));
  say(
    JSON.stringify({
      database: name,
      console: true,
      kills,
      operations,
      intended,
      ledgerEntries,
      ...counts,
      brokenChain,
    }),
  );
  const found = Object.values(wrong).flat();
  for (const line of found) say(`  ${line}`);
  if (found.length > 0 || brokenChain !== null || ledgerEntries > intended || ledgerEntries === 0) consolesWrong += 1;
}

/** Every point of every step of a rotation, as often as the other points. */
async function tortureRotations(name: string, databaseUrl?: string): Promise<void> {
  if (values["no-rotations"]) return;
  const report = (line: string) => say(`${name}: rotation ${line}`);
  const { kills, intended, operations, ledgerEntries, brokenChain, ...wrong } = await killRotations({
    rounds: count("rounds"),
    say: report,
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  const counts = Object.fromEntries(Object.entries(wrong).map(([what, found]) => [what, found.length]));
  const told = { database: name, rotations: true, kills, operations, intended, ledgerEntries, ...counts, brokenChain };
  say(JSON.stringify(told));
  const found = Object.values(wrong).flat();
  for (const line of found) say(`  ${line}`);
  if (found.length > 0 || brokenChain !== null || ledgerEntries > intended || ledgerEntries === 0) rotationsWrong += 1;
}

async function run(): Promise<void> {
  const consoles = !values["no-console"];
  if (consoles) await onePreparationAtATime(root, say, () => buildWhatChanged(root, say));
  const onSqlite = async () => {
    if (values.database === "postgresql") return;
    await torture("sqlite", {});
    await tortureRotations("sqlite");
    if (consoles) await killTheConsole("sqlite");
  };
  const onPostgresql = async () => {
    if (values.database === "sqlite") return;
    await withPostgresql(async ({ url, folder, version }) => {
      say(version);
      await torture("postgresql", { databaseUrl: url, serverFolder: folder });
      await tortureRotations("postgresql", url);
      if (consoles) await killTheConsole("postgresql", url);
    });
  };
  await Promise.all([onSqlite(), onPostgresql()]);
  const sum = (what: (score: Score) => number) => totals.reduce((total, score) => total + what(score), 0);
  say(
    JSON.stringify({
      rounds: sum(({ kills }) => kills),
      ledgerEntries: sum(({ ledgerEntries }) => ledgerEntries),
      duplicates: sum(({ duplicates }) => duplicates),
      lostEvents: sum(({ lostEvents }) => lostEvents),
      stuck: sum(({ stuck }) => stuck),
      canaryHits: sum(({ canaryHits }) => canaryHits),
    }),
  );
}

await run();
process.exitCode = totals.length > 0 && totals.every(isSpotless) && consolesWrong + rotationsWrong === 0 ? 0 : 1;
