import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { findOpenRotationOf } from "@/lib/db/rotations";
import type { AnyCrashPoint } from "@/lib/domain/crash-point";
import { asAppError } from "@/lib/services/operations/change-error";
import type { Findings } from "../five-checks";
import { type Order, pointsOf, type RotationAct, rotationActs } from "./rotation-acts";
import { openRotationArena, type RotationArena, type Subject } from "./rotation-arena";

export type RotationScore = Findings & {
  kills: number;
  intended: number;
  /** Rotations that did not come to their end when somebody went on from the page. */
  unresumed: string[];
  /** Programs that got 401 although their account was not to be deleted, or that still got in although it was. */
  wrongAccess: string[];
  /** Replacements that no rotation names. */
  orphans: string[];
};

type Options = {
  /** Kills at each point. */
  rounds: number;
  acts?: readonly RotationAct[];
  /** Leaves out the other points. */
  points?: readonly AnyCrashPoint[];
  databaseUrl?: string;
};

/** How the act is gone on with, how many changes it may make in all, and whether the predecessor still signs in at its end. */
const expected: Record<RotationAct, { next: Order["act"]; atMost: number; old: 200 | 401; replacements: 0 | 1 }> = {
  start: { next: "issue", atMost: 3, old: 200, replacements: 1 },
  reissue: { next: "reissue", atMost: 5, old: 200, replacements: 1 },
  finish: { next: "finish", atMost: 1, old: 401, replacements: 1 },
  quarantine: { next: "quarantine", atMost: 2, old: 200, replacements: 1 },
  restore: { next: "restore", atMost: 2, old: 200, replacements: 1 },
  cancel: { next: "cancel", atMost: 1, old: 200, replacements: 0 },
  leak: { next: "issue", atMost: 4, old: 401, replacements: 1 },
};

/** Kills a process at every point of every step of a rotation, over and over; each time somebody goes on from the page. */
export async function killRotations(options: Options): Promise<RotationScore> {
  const { rounds, acts = rotationActs, points, databaseUrl } = options;
  const arena = await openRotationArena(databaseUrl);
  const score = { unresumed: [] as string[], wrongAccess: [] as string[], orphans: [] as string[], kills: 0 };
  const turns = acts.flatMap((act) =>
    pointsOf(act)
      .filter((point) => points?.includes(point) ?? true)
      .flatMap((point) => Array.from({ length: rounds }, () => ({ act, point }))),
  );
  // The next to be killed starts while the last one is judged.
  let waiting = startVictim(arena, turns[0]?.point);
  try {
    for (const [index, { act, point }] of turns.entries()) {
      const subject = await arena.arrange(act);
      const victim = waiting;
      waiting = startVictim(arena, turns[index + 1]?.point);
      await kill(arena, victim, orderFor(act, subject), point);
      score.kills += 1;
      await arena.growOld();
      await goOn(arena, act, subject);
      await judge(arena, { act, point, subject }, score);
    }
    return { ...(await arena.examine()), ...score, intended: arena.intended };
  } finally {
    waiting?.kill("SIGKILL");
    await arena.close();
    rmSync(arena.program, { force: true });
  }
}

const orderFor = (act: Order["act"], { id, name, rotationId }: Subject): Order => ({
  act,
  accountId: id,
  name,
  rotationId,
});

function startVictim(arena: RotationArena, point: AnyCrashPoint | undefined): ChildProcess | undefined {
  if (!point) return undefined;
  const crash = { KEYWARDEN_CRASH_AT: point, KEYWARDEN_TORTURE: "end-this-process" };
  const child = fork(arena.program, [], {
    execArgv: [],
    silent: true,
    env: { NODE_ENV: "production", ...arena.variables, ...crash },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      arena.output += chunk.toString("utf8");
    });
  }
  return child;
}

async function kill(
  arena: RotationArena,
  victim: ChildProcess | undefined,
  order: Order,
  point: AnyCrashPoint,
): Promise<void> {
  if (!victim) throw new Error("No process waits for its order.");
  victim.send(order);
  const [code, signal] = await once(victim, "exit");
  if (signal !== "SIGKILL")
    throw new Error(`${order.act} at ${point} ended with ${code}: ${arena.output.slice(-1_000)}`);
}

/** What an operator does who comes to the page: the same step again, or the one that it offers. */
async function goOn(arena: RotationArena, act: RotationAct, subject: Subject): Promise<void> {
  const { next, atMost } = expected[act];
  arena.intended += atMost;
  const open = await findOpenRotationOf(arena.database, arena.key, subject.id);
  const order = orderFor(open ? next : act, { ...subject, rotationId: open?.id ?? subject.rotationId });
  // What was done already is refused, and that is as good.
  const refused = ["rotation_not_ready", "confirmation_mismatch"];
  await arena.carryOut(order).catch((error: unknown) => {
    if (!refused.includes(asAppError(error).code)) throw error;
  });
  if (open?.step === "issue" || (act === "reissue" && open)) {
    await arena.carryOut({ ...order, act: "issue" });
  }
  await arena.growOld();
}

async function judge(
  arena: RotationArena,
  { act, point, subject }: { act: RotationAct; point: AnyCrashPoint; subject: Subject },
  score: Pick<RotationScore, "unresumed" | "wrongAccess" | "orphans">,
): Promise<void> {
  const { old, replacements } = expected[act];
  const where = `${act} at ${point}`;
  const status = await arena.signIn(subject);
  if (status !== old) score.wrongAccess.push(`${where}: the predecessor got ${status}`);
  const made = await arena.replacementsOf(subject);
  if (made.length !== replacements) score.unresumed.push(`${where}: ${made.length} replacements`);
  for (const { username, named } of made) if (!named) score.orphans.push(`${where}: ${username}`);
}
