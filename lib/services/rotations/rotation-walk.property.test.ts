import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { findBatch } from "@/lib/db/operations";
import { findRotation } from "@/lib/db/rotations";
import { AppError } from "@/lib/domain/app-error";
import { accountRotationCrashPoints, crashPoints } from "@/lib/domain/crash-point";
import { rotationEvidenceSchema } from "@/lib/domain/rotation-evidence";
import type { IssuedAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { trySecret } from "@/lib/services/secrets/try-secret";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { cancelRotation } from "./cancel";
import { finishRotation } from "./finish";
import { finishMemberships } from "./finish-memberships";
import { handOverRotation } from "./hand-over";
import { issueRotation } from "./issue";
import { keepPredecessor } from "./keep";
import { quarantinePredecessor, restorePredecessor } from "./quarantine";
import { reissueReplacement } from "./reissue";
import { rotate, signInWith } from "./testing/consumer";
import { Crash, openWalk, type Point, type Walk } from "./testing/rotation-walk";

const DAY_MS = 86_400_000;
/** Even the quickest rhythm asks for this much silence. */
const SHORTEST_SILENCE_MS = 3 * DAY_MS;
/** `ends`: after it there is little left to walk through, so it is taken rarely. */
type Step = { name: string; ends?: true; take: (walk: Walk, context: OrganizationContext) => Promise<unknown> };
const open = (walk: Walk) => walk.rotationId();
const plain = { confirmation: "" };

/** What people, programs, clocks and Mixpanel do, in any order. */
const steps: readonly Step[] = [
  { name: "start", take: async (walk, context) => keep(walk, await rotate(walk.stage, walk.old.id, context)) },
  {
    name: "issue",
    take: async (walk, context) => keep(walk, await issueRotation({ context, rotationId: await open(walk) })),
  },
  { name: "hand over", take: async (walk, context) => handOverRotation({ context, rotationId: await open(walk) }) },
  { name: "try", take: tryIt },
  {
    name: "give the rest",
    take: async (walk, context) => finishMemberships({ context, rotationId: await open(walk) }),
  },
  {
    name: "quarantine",
    take: async (walk, context) => quarantinePredecessor({ context, rotationId: await open(walk) }),
  },
  { name: "restore", take: async (walk, context) => restorePredecessor({ context, rotationId: await open(walk) }) },
  {
    name: "finish",
    take: async (walk, context) => finishRotation({ context, rotationId: await open(walk), input: plain }),
  },
  {
    name: "finish",
    take: async (walk, context) => finishRotation({ context, rotationId: await open(walk), input: plain }),
  },
  {
    name: "finish by its typed name",
    ends: true,
    take: async (walk, context) => {
      walk.confirmed.old = true;
      return finishRotation({ context, rotationId: await open(walk), input: { confirmation: "mortal" } });
    },
  },
  {
    name: "keep both",
    ends: true,
    take: async (walk, context) => keepPredecessor({ context, rotationId: await open(walk) }),
  },
  {
    name: "cancel",
    ends: true,
    take: async (walk, context) => cancelRotation({ context, rotationId: await open(walk) }),
  },
  {
    name: "issue again",
    take: async (walk, context) =>
      keep(walk, await reissueReplacement({ context, rotationId: await open(walk), input: plain })),
  },
  { name: "consumer works", take: work },
  { name: "consumer works", take: work },
  { name: "the other works", take: workWithOld },
  { name: "the other works", take: workWithOld },
  {
    name: "consumer switches",
    take: async (walk) => {
      if (walk.replacement && (await signInWith(walk.stage, walk.replacement)) === 200)
        walk.consumer = walk.replacement;
    },
  },
  { name: "sync", take: async ({ stage }) => stage.sync().catch(() => undefined) },
  { name: "recover", take: async (walk) => walk.recover() },
  ...[1, 4, 9].map((days) => ({
    name: `${days} days pass`,
    take: async ({ stage }: Walk) => {
      await stage.advance((days * DAY_MS) / 1_000);
      await stage.sync();
    },
  })),
  ...(["POST", "DELETE"] as const).flatMap((method) =>
    [{ kind: "reset-after-commit" }, { kind: "status", status: 500 }, { kind: "status", status: 400, body: {} }].map(
      (fault) => ({
        name: `the next ${method} meets ${JSON.stringify(fault)}`,
        take: async ({ stage }: Walk) => stage.control.fault({ method, times: 1, fault: faultSchema.parse(fault) }),
      }),
    ),
  ),
];
const faultSchema = z.union([
  z.object({ kind: z.literal("reset-after-commit") }),
  z.object({ kind: z.literal("status"), status: z.number() }),
]);

function keep(walk: Walk, { created }: IssuedAnswer): void {
  if (!created?.secret) return;
  walk.replacement = { id: created.account.id, username: created.account.username, secret: created.secret };
}

async function work(walk: Walk): Promise<void> {
  if (walk.consumer.id === walk.old.id) return workWithOld(walk);
  // Whoever has switched is never cut off.
  expect(await signInWith(walk.stage, walk.consumer)).toBe(200);
}

/** A second consumer, which never hears of the rotation. */
async function workWithOld(walk: Walk): Promise<void> {
  if ((await signInWith(walk.stage, walk.old)) === 200) walk.lastOldUse = walk.stage.now();
}

async function tryIt(walk: Walk, context: OrganizationContext): Promise<void> {
  const rotation = await findRotation(walk.stage.database, walk.stage.organization.key, await open(walk));
  const [operation] = rotation?.issueBatchId ? await findBatch(walk.stage.database, rotation.issueBatchId) : [];
  if (operation) await trySecret({ context, operationId: operation.id });
}

const told = z.object({ by: z.enum(["evidence", "confirmation"]), evidence: rotationEvidenceSchema });

async function holds(walk: Walk): Promise<void> {
  const { stage, old } = walk;
  const accounts = await walk.upstream.accounts();
  const finishes = await stage.database
    .selectFrom("audit_events")
    .select("detail")
    .where("action", "=", "rotation.finish")
    .where("outcome", "=", "intended")
    .execute();
  if (!accounts.some(({ id }) => id === old.id)) {
    const last = told.parse(JSON.parse(finishes.at(-1)?.detail ?? "{}"));
    if (last.by === "evidence") {
      expect(last.evidence).toMatchObject({ silent: true });
      expect(last.evidence.replacementUsedAt).not.toBeNull();
      expect(Date.parse(last.evidence.seenAt ?? "") - walk.lastOldUse.getTime()).toBeGreaterThan(
        SHORTEST_SILENCE_MS - DAY_MS / 24,
      );
    } else expect(walk.confirmed.old).toBe(true);
  }
  // Every account that came to be belongs to a rotation that names it, or to the attempt it names.
  const rows = await stage.database
    .selectFrom("rotations")
    .select(["id", "replacement_id", "issue_batch_id"])
    .execute();
  const made = await stage.database
    .selectFrom("operations")
    .select(["batch_id", "account_id", "account_name", "state"])
    .where("kind", "=", "create")
    .execute();
  for (const { id, username } of accounts.filter((account) => account.username.startsWith("mortal-"))) {
    const byName = made.filter((operation) => username.startsWith(`${operation.account_name}.`));
    const owned =
      rows.some((row) => row.replacement_id === id) ||
      byName.some(({ batch_id, account_id, state }) => {
        const attempt = rows.some((row) => row.issue_batch_id === batch_id);
        return attempt && (account_id === id || state !== "succeeded");
      });
    expect(owned, `${username} belongs to nothing`).toBe(true);
  }
  const ledger = (await stage.control.ledger()).length - walk.ledgerBefore;
  expect(ledger).toBeLessThanOrEqual((await walk.countOperations()) - walk.operationsBefore);
}

let current: Walk | undefined;
afterEach(async () => {
  await current?.stage.close();
  current = undefined;
});

/** One step, taken by a process that may die at a point of it. Any step may be tried at any time. */
class Move implements fc.AsyncCommand<Record<string, never>, Walk> {
  constructor(
    readonly step: Step,
    readonly point: Point | null,
  ) {}
  check() {
    return true;
  }
  async run(_: Record<string, never>, walk: Walk): Promise<void> {
    try {
      await this.step.take(walk, walk.process(this.point));
    } catch (error) {
      if (error instanceof Crash) await walk.recover();
      else if (!(error instanceof AppError)) throw error;
    }
    await holds(walk);
  }
  toString() {
    return this.point === null ? this.step.name : `${this.step.name}, dying at ${this.point}`;
  }
}

const point = fc.option(fc.constantFrom<Point>(...crashPoints, ...accountRotationCrashPoints), { freq: 3 });
const moves = fc.commands(
  steps.flatMap((step) => Array.from({ length: step.ends ? 1 : 4 }, () => point.map((at) => new Move(step, at)))),
  { maxCommands: 30, size: "max" },
);
/** Walks begin on the way, so that the later steps are met as often as the first. */
const beginnings = [
  ["start"],
  ["start", "hand over", "consumer switches", "sync"],
  ["start", "hand over", "consumer works", "consumer switches", "9 days pass"],
  ["start", "hand over", "consumer switches", "9 days pass", "the other works"],
  ["start", "hand over", "consumer switches", "9 days pass", "the other works", "sync", "4 days pass"],
  ["start", "try", "hand over", "9 days pass", "9 days pass", "consumer switches", "sync"],
] as const;

test("any walk of steps, faults, crashes and clocks keeps what a rotation promises", { timeout: 400_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...beginnings), moves, async (beginning, walked) => {
      await current?.stage.close();
      const walk = await openWalk();
      current = walk;
      for (const name of beginning) {
        const step = steps.find((each) => each.name === name) ?? expect.fail(`There is no step ${name}.`);
        await step.take(walk, walk.process(null));
      }
      await fc.asyncModelRun(() => ({ model: {}, real: walk }), walked);
      await walk.stage.control.clearFaults();
      await walk.recover();
      await walk.recover();
      await expectPromisesKept(walk.stage, walk.ledgerBefore + (await walk.countOperations()) - walk.operationsBefore);
    }),
    { numRuns: 15, endOnFailure: true },
  );
});
