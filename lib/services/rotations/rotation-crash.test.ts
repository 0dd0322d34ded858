import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listOpenRotations } from "@/lib/db/rotations";
import {
  type AccountRotationCrashPoint,
  accountRotationCrashPoints,
  type CrashPoint,
  crashPoints,
} from "@/lib/domain/crash-point";
import type { OrganizationContext } from "@/lib/services/context";
import { reconcileStale } from "@/lib/services/operations/reconcile-stale";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { breakGlass } from "./break-glass";
import { cancelRotation } from "./cancel";
import { finishRotation } from "./finish";
import { handOverRotation } from "./hand-over";
import { issueRotation } from "./issue";
import { quarantinePredecessor, restorePredecessor } from "./quarantine";
import { reissueReplacement } from "./reissue";
import { type Credential, issuedOf, makeAccount, rotate, signInWith } from "./testing/consumer";

const DAY = 86_400;
type Point = CrashPoint | AccountRotationCrashPoint;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

class Crash extends Error {}
/** As if the process died there, once. */
function dyingAt(point: Point): OrganizationContext & { died: () => boolean } {
  let died = false;
  const die = async (reached: Point) => {
    if (reached !== point || died) return;
    died = true;
    // The answer to what is in flight goes nowhere.
    if (point === "in_flight") await new Promise((resolve) => setTimeout(resolve, 100));
    throw new Crash();
  };
  return { ...stage.as(manager), crashPoint: die, accountRotationCrashPoint: die, died: () => died };
}

/** A new process comes up later: leases have run out, and what was left behind is settled by reading. */
async function recover() {
  for (const seconds of [121, 11, 11]) {
    await stage.advance(seconds);
    await reconcileStale({ ...stage.app, organization: stage.organization });
  }
}

type Situation = { old: Credential; replacement: Credential | null; rotationId: string };
const max = () => stage.as(manager);
const input = { confirmation: "" };
const leak = (context: OrganizationContext, accountId: number) =>
  breakGlass({ context, input: { accountId, confirmation: "mortal" }, idempotencyKey: stage.newKey() });

async function alone(): Promise<Situation> {
  return { old: await makeAccount(stage, "mortal"), replacement: null, rotationId: "" };
}
async function issued(): Promise<Situation> {
  const { old } = await alone();
  const answer = await rotate(stage, old.id);
  return { old, replacement: issuedOf(answer), rotationId: answer.rotation.id };
}
async function watched(): Promise<Situation> {
  const situation = await issued();
  await handOverRotation({ context: max(), rotationId: situation.rotationId });
  await stage.advance(60);
  if (situation.replacement) await signInWith(stage, situation.replacement);
  await stage.sync();
  await stage.advance(9 * DAY);
  await stage.sync();
  return situation;
}
async function quarantined(): Promise<Situation> {
  const situation = await watched();
  await quarantinePredecessor({ context: max(), rotationId: situation.rotationId });
  return situation;
}
const openId = async () => (await listOpenRotations(stage.database, stage.organization.key))[0]?.id;
/** Goes on from the page, where there is one; else begins anew. */
async function goOn(context: OrganizationContext, begin: () => Promise<unknown>) {
  const rotationId = await openId();
  return rotationId ? issueRotation({ context, rotationId }) : begin();
}

/** Each act, how it goes on after the crash, and how many entries of the ledger it may make at most. */
const acts = {
  issue: {
    arrange: alone,
    act: (context: OrganizationContext, { old }: Situation) => rotate(stage, old.id, context),
    again: (context: OrganizationContext, { old }: Situation) => goOn(context, () => rotate(stage, old.id)),
    atMost: 3,
    end: [200, 1],
  },
  reissue: {
    arrange: issued,
    act: (context: OrganizationContext, { rotationId }: Situation) =>
      reissueReplacement({ context, rotationId, input }),
    again: (context: OrganizationContext, { rotationId }: Situation) =>
      reissueReplacement({ context, rotationId, input }).catch(() => issueRotation({ context, rotationId })),
    atMost: 5,
    end: [200, 1],
  },
  finish: {
    arrange: watched,
    act: (context: OrganizationContext, { rotationId }: Situation) => finishRotation({ context, rotationId, input }),
    again: (context: OrganizationContext, { rotationId }: Situation) => finishRotation({ context, rotationId, input }),
    atMost: 1,
    end: [401, 1],
  },
  quarantine: {
    arrange: watched,
    act: (context: OrganizationContext, { rotationId }: Situation) => quarantinePredecessor({ context, rotationId }),
    again: (context: OrganizationContext, { rotationId }: Situation) =>
      quarantinePredecessor({ context, rotationId }).catch(() => null),
    atMost: 2,
    end: [200, 1],
  },
  restore: {
    arrange: quarantined,
    act: (context: OrganizationContext, { rotationId }: Situation) => restorePredecessor({ context, rotationId }),
    again: (context: OrganizationContext, { rotationId }: Situation) =>
      restorePredecessor({ context, rotationId }).catch(() => null),
    atMost: 2,
    end: [200, 1],
  },
  cancel: {
    arrange: issued,
    act: (context: OrganizationContext, { rotationId }: Situation) => cancelRotation({ context, rotationId }),
    again: (context: OrganizationContext, { rotationId }: Situation) => cancelRotation({ context, rotationId }),
    atMost: 1,
    end: [200, 0],
  },
  leak: {
    arrange: alone,
    act: (context: OrganizationContext, { old }: Situation) => leak(context, old.id),
    again: (context: OrganizationContext, { old }: Situation) => goOn(context, () => leak(context, old.id)),
    atMost: 4,
    end: [401, 1],
  },
} as const;
type Act = keyof typeof acts;

const own: Record<Act, readonly AccountRotationCrashPoint[]> = {
  issue: ["account_rotation_started", "account_rotation_issued"],
  reissue: ["account_rotation_reissuing", "account_rotation_issued"],
  finish: ["account_rotation_deleted"],
  quarantine: ["account_rotation_quarantining", "account_rotation_quarantined"],
  restore: ["account_rotation_restored"],
  cancel: ["account_rotation_cancelling"],
  leak: ["account_rotation_started", "account_rotation_revoked", "account_rotation_issued"],
};
const reads: readonly Act[] = ["quarantine", "restore"];
const names = ["issue", "reissue", "finish", "quarantine", "restore", "cancel", "leak"] as const satisfies Act[];
const cases = names.flatMap((act) => {
  const points = crashPoints.filter((point) => point !== "after_reread" || reads.includes(act));
  return [...points, ...own[act]].map((point) => [act, point] as const);
});

it("every further step of a rotation is one at which a process dies below", () => {
  expect([...new Set(Object.values(own).flat())].sort()).toEqual([...accountRotationCrashPoints].sort());
});

describe("a process that dies inside a step of a rotation", () => {
  it.each(cases)("%s at %s: the page goes on, nothing is lost and nothing is done twice", async (name, point) => {
    const { arrange, act, again, atMost, end } = acts[name];
    const situation = await arrange();
    const before = (await stage.control.ledger()).length;
    const dying = dyingAt(point);
    await act(dying, situation).catch(() => undefined);
    expect(dying.died()).toBe(true);
    // Until somebody goes on, whoever has either secret still gets in, unless its account was to be deleted.
    if (name === "issue" || name === "quarantine" || name === "restore" || name === "cancel") {
      expect(await signInWith(stage, situation.old)).toBe(200);
    }
    await recover();
    await again(max(), situation);
    await recover();
    expect(await signInWith(stage, situation.old)).toBe(end[0]);
    await expectPromisesKept(stage, before + atMost);
    const made = await stage.database
      .selectFrom("service_accounts")
      .select(["id", "name"])
      .where("name", "like", "mortal-2026%")
      .execute();
    expect(made).toHaveLength(end[1]);
    // No account of a rotation is one that no rotation names.
    const named = await stage.database.selectFrom("rotations").select(["replacement_id"]).execute();
    for (const { id } of made) expect(named.map((row) => row.replacement_id)).toContain(id);
    const members = await stage.database
      .selectFrom("memberships")
      .select("project_id")
      .where("account_id", "=", situation.old.id)
      .execute();
    if (name === "quarantine") expect(members).toHaveLength(0);
    if (name === "restore") expect(members).toHaveLength(2);
  });
});
