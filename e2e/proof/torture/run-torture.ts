import type { Findings } from "../five-checks";
import { type Arena, openArena } from "./arena";
import { ACCOUNTS_PER_ROUND, killAnywhere, killAtEveryPoint, prepareRemovals, repeatAll } from "./kills";
import { PARALLEL_PER_KEY, raceKeys, racePairs } from "./races";

const POINTS = 7;

export type TortureOptions = {
  /** Kills at each point. */
  rounds: number;
  /** Requests of each kind that one kill hits; more of them make fewer kills. */
  perKill: number;
  /** Kills at moments that nobody chose. */
  anywhere: number;
  pairs: number;
  keys: number;
  hurried: boolean;
  databaseUrl?: string;
  serverFolder?: string;
};

/** What one database came through. The last six say what must never happen, and are 0. */
export type Score = {
  kills: number;
  rounds: number;
  pairs: number;
  requestsPerKey: string;
  operations: number;
  intended: number;
  ledgerEntries: number;
  duplicates: number;
  lostEvents: number;
  stuck: number;
  canaryHits: number;
  lostSecrets: number;
  differingAnswers: number;
  brokenChain: string | null;
  /** The first few of everything that is wrong. */
  examples: string[];
  seconds: number;
};

/** Kills, races and repeats on one database, then the five checks. */
export async function runTorture(options: TortureOptions, say: (line: string) => void): Promise<Score> {
  const since = performance.now();
  const { rounds, perKill, anywhere, pairs, keys } = options;
  const victims = POINTS * rounds + anywhere;
  const arena = await openArena({
    ...(options.databaseUrl ? { databaseUrl: options.databaseUrl } : {}),
    ...(options.serverFolder ? { serverFolder: options.serverFolder } : {}),
    hurried: options.hurried,
    accounts: victims * ACCOUNTS_PER_ROUND + pairs + keys,
  });
  try {
    const removals = await prepareRemovals(arena, victims);
    await (await arena.live()).answer({ kind: "sync" });
    const elapsed = () => `${((performance.now() - since) / 1000).toFixed(0)} s`;
    const requests = await killAtEveryPoint(arena, rounds, perKill, removals);
    say(`${arena.kills} kills at ${POINTS} points (${elapsed()})`);
    requests.push(...(await killAnywhere(arena, anywhere, removals)));
    say(`${anywhere} kills anywhere (${elapsed()})`);
    const both = [await arena.live(), await arena.another()] as const;
    await racePairs(arena, both, pairs);
    say(`${pairs} raced pairs (${elapsed()})`);
    await raceKeys(arena, both, keys);
    say(`${keys} keys, ${PARALLEL_PER_KEY} parallel requests each (${elapsed()})`);
    await arena.settle();
    await repeatAll(arena, requests);
    await arena.settle();
    const score = scoreOf(arena, await arena.examine(), options);
    return { ...score, seconds: Math.round((performance.now() - since) / 1000) };
  } finally {
    await arena.close();
  }
}

function scoreOf(arena: Arena, findings: Findings, { rounds, pairs, keys }: TortureOptions): Omit<Score, "seconds"> {
  const { duplicates, lostEvents, stuck, canaryHits } = findings;
  const excess = Math.max(0, findings.ledgerEntries - arena.intended);
  return {
    kills: arena.kills,
    rounds,
    pairs,
    requestsPerKey: `${PARALLEL_PER_KEY} x ${keys}`,
    operations: findings.operations,
    intended: arena.intended,
    ledgerEntries: findings.ledgerEntries,
    duplicates: Math.max(duplicates.length, excess),
    lostEvents: lostEvents.length,
    stuck: stuck.length,
    canaryHits: canaryHits.length,
    lostSecrets: arena.lostSecrets,
    differingAnswers: arena.differing,
    brokenChain: findings.brokenChain,
    examples: [duplicates, lostEvents, stuck, canaryHits].flatMap((found) => found.slice(0, 5)),
  };
}

export function isSpotless(score: Score): boolean {
  const wrong = [
    score.duplicates,
    score.lostEvents,
    score.stuck,
    score.canaryHits,
    score.lostSecrets,
    score.differingAnswers,
  ];
  return score.brokenChain === null && score.ledgerEntries > 0 && wrong.every((count) => count === 0);
}
