import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildWhatChanged } from "../../../lib/simulator/demo/build.mjs";
import { onePreparationAtATime } from "../../../lib/simulator/demo/preparation-lock.mjs";
import type { Findings } from "../five-checks";
import { withPostgresql } from "../postgresql";
import { killConsoles } from "./console-kills";
import { rotationActs } from "./rotation-acts";
import { killRotations } from "./rotation-kills";
import { isSpotless, runTorture, type Score, type TortureOptions } from "./run-torture";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "20" },
    pairs: { type: "string", default: "1000" },
    keys: { type: "string", default: "12" },
    database: { type: "string", default: "both" },
    /** One part alone: operations, rotations or consoles. */
    only: { type: "string" },
    /** Of rotations these steps alone, with commas between. */
    acts: { type: "string", default: rotationActs.join(",") },
  },
});
const count = (name: "rounds" | "pairs" | "keys") => {
  const number = /^\d{1,6}$/.test(values[name]) ? Number(values[name]) : Number.NaN;
  if (Number.isNaN(number)) throw new Error(`--${name} must be a whole number, not "${values[name]}".`);
  return number;
};
const parts = ["operations", "rotations", "consoles"] as const;
if (values.only && !parts.some((part) => part === values.only)) {
  throw new Error(`--only must be one of ${parts.join(", ")}, not "${values.only}".`);
}
const wanted = (part: (typeof parts)[number]) => values.only === undefined || values.only === part;
const acts = rotationActs.filter((act) => values.acts.split(",").includes(act));
if (acts.length !== values.acts.split(",").length) throw new Error(`--acts takes ${rotationActs.join(", ")}.`);
const say = (line: string) => console.log(line);
type Total = Pick<Score, "kills" | "ledgerEntries" | "duplicates" | "lostEvents" | "stuck" | "canaryHits"> & {
  spotless: boolean;
};
const totals: Total[] = [];

async function torture(name: string, target: Pick<TortureOptions, "databaseUrl" | "serverFolder">): Promise<void> {
  if (!wanted("operations")) return;
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
  totals.push({ ...score, spotless: isSpotless(score) });
}

type Kills = Findings & { kills: number; intended: number };

/** Prints one part's score and each thing found wrong, and adds it to the sums. */
function tell(head: Record<string, string | boolean>, score: Kills): void {
  const { kills, intended, operations, ledgerEntries, brokenChain, ...wrong } = score;
  const counts = Object.fromEntries(Object.entries(wrong).map(([what, found]) => [what, found.length]));
  say(JSON.stringify({ ...head, kills, operations, intended, ledgerEntries, ...counts, brokenChain }));
  const found = Object.values(wrong).flat();
  for (const line of found) say(`  ${line}`);
  const { duplicates, lostEvents, stuck, canaryHits } = wrong;
  totals.push({
    kills,
    ledgerEntries,
    duplicates: duplicates.length,
    lostEvents: lostEvents.length,
    stuck: stuck.length,
    canaryHits: canaryHits.length,
    spotless: found.length === 0 && brokenChain === null && ledgerEntries > 0 && ledgerEntries <= intended,
  });
}

/** The console keeps its own process, so its rounds are few: each start takes seconds. */
async function killTheConsole(database: string, databaseUrl?: string): Promise<void> {
  if (!wanted("consoles")) return;
  tell({ database, console: true }, await killConsoles(databaseUrl));
}

/** Every point of every step of a rotation, as often as the other points; each step in an organization of its own. */
async function tortureRotations(database: string, databaseUrl?: string): Promise<void> {
  if (!wanted("rotations")) return;
  for (const act of acts) {
    const options = { rounds: count("rounds"), acts: [act], ...(databaseUrl ? { databaseUrl } : {}) };
    tell({ database, rotation: act }, await killRotations(options));
  }
}

async function run(): Promise<void> {
  if (wanted("consoles")) await onePreparationAtATime(root, say, () => buildWhatChanged(root, say));
  const all = async (name: string, databaseUrl?: string, serverFolder?: string) => {
    await torture(name, { ...(databaseUrl ? { databaseUrl } : {}), ...(serverFolder ? { serverFolder } : {}) });
    await tortureRotations(name, databaseUrl);
    await killTheConsole(name, databaseUrl);
  };
  const onPostgresql = () =>
    withPostgresql(async ({ url, folder, version }) => {
      say(version);
      await all("postgresql", url, folder);
    });
  await Promise.all([
    values.database !== "postgresql" && all("sqlite"),
    values.database !== "sqlite" && onPostgresql(),
  ]);
  const sum = (what: Exclude<keyof Total, "spotless">) => totals.reduce((total, score) => total + score[what], 0);
  say(
    JSON.stringify({
      rounds: sum("kills"),
      ledgerEntries: sum("ledgerEntries"),
      duplicates: sum("duplicates"),
      lostEvents: sum("lostEvents"),
      stuck: sum("stuck"),
      canaryHits: sum("canaryHits"),
    }),
  );
}

await run();
process.exitCode = totals.length > 0 && totals.every(({ spotless }) => spotless) ? 0 : 1;
