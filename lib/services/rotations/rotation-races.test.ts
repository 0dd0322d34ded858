import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StoredRotation } from "@/lib/db/rotations";
import type { OrganizationContext } from "@/lib/services/context";
import { reconcileStale } from "@/lib/services/operations/reconcile-stale";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { breakGlass } from "./break-glass";
import { cancelRotation } from "./cancel";
import { finishRotation } from "./finish";
import { finishMemberships } from "./finish-memberships";
import { getRotation } from "./get";
import { handOverRotation } from "./hand-over";
import { issueRotation } from "./issue";
import { keepPredecessor } from "./keep";
import { quarantinePredecessor, restorePredecessor } from "./quarantine";
import { reissueReplacement } from "./reissue";
import { issued, overlapping, sentIn, toldOf } from "./testing/brought-to";
import { issuedOf, makeAccount, rotate, signInWith } from "./testing/consumer";
import { afterReading, meanwhile, takeOver } from "./testing/meanwhile";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const ada = () => stage.as(administrator);
const input = { confirmation: "" };
const view = async (rotationId: string) => (await getRotation({ context: max(), rotationId })).rotation;
const onlyId = async () => (await stage.database.selectFrom("rotations").select("id").executeTakeFirstOrThrow()).id;
const moveTo = async (step: StoredRotation["step"]) => stage.database.updateTable("rotations").set({ step }).execute();
const refuse = () =>
  stage.control.fault({ method: "POST", times: 1, fault: { kind: "status", status: 400, body: { error: "no" } } });
const movedOn = {
  code: "operation_in_progress",
  details: { reason: "The rotation has moved on meanwhile. Look again." },
};
const elsewhere = {
  code: "operation_in_progress",
  details: { reason: expect.stringMatching(/^This rotation is being carried out right now/) },
};

describe("a receipt that arrives in the middle of a step", () => {
  const comesIntoUse = (replacement: Parameters<typeof signInWith>[1]) => async () => {
    await stage.advance(60);
    await signInWith(stage, replacement);
    await stage.sync();
  };

  it("keeps a replacement that is to be thrown away", async () => {
    const { replacement, rotationId } = await issued(stage);
    const context = await afterReading(stage, max(), {
      tables: ["memberships", "projects"],
      happens: comesIntoUse(replacement),
    });
    const before = await sentIn(stage);
    expect(await failureOf(reissueReplacement({ context, rotationId, input }))).toMatchObject(movedOn);
    expect(await signInWith(stage, replacement)).toBe(200);
    expect(await sentIn(stage)).toEqual(before);
    expect(await view(rotationId)).toMatchObject({ phase: "overlap", secret: { mine: true } });
    expect(await toldOf(stage)).toEqual(["start intended", "issue succeeded", "prove succeeded"]);
  });

  it("is the hand-over, and nobody's word is noted beside it", async () => {
    const { replacement, rotationId } = await issued(stage);
    const context = await afterReading(stage, max(), {
      tables: ["memberships", "projects"],
      happens: comesIntoUse(replacement),
    });
    expect(await failureOf(handOverRotation({ context, rotationId }))).toMatchObject(movedOn);
    expect(await view(rotationId)).toMatchObject({ phase: "overlap", handedOverBy: null, provenHow: "used" });
    expect(await toldOf(stage)).not.toContain("hand_over succeeded");
  });

  it("stops a deletion that was confirmed before anybody knew of it", async () => {
    const { old, replacement, rotationId } = await issued(stage);
    await handOverRotation({ context: max(), rotationId });
    const context = meanwhile(max(), "before_prepared", comesIntoUse(replacement));
    const before = await sentIn(stage);
    const finish = finishRotation({ context, rotationId, input: { confirmation: "export" } });
    expect(await failureOf(finish)).toMatchObject(movedOn);
    expect(await signInWith(stage, old)).toBe(200);
    expect(await sentIn(stage)).toEqual(before);
    expect(await toldOf(stage)).not.toContain("finish intended");
    expect((await view(rotationId)).phase).toBe("overlap");
  });
});

describe("a rotation that is elsewhere by the time something is to be sent", () => {
  it("revokes nothing", async () => {
    const old = await makeAccount(stage, "export");
    const context = meanwhile(max(), "before_prepared", () => moveTo("issue"));
    const leak = { accountId: old.id, confirmation: "export" };
    const answer = await breakGlass({ context, input: leak, idempotencyKey: stage.newKey() });
    expect(answer).toMatchObject({ created: null, failure: { code: movedOn.code, ...movedOn.details } });
    expect(await signInWith(stage, old)).toBe(200);
    await expectPromisesKept(stage, 1);
  });

  it("issues nothing", async () => {
    const old = await makeAccount(stage, "export");
    const answer = await rotate(
      stage,
      old.id,
      meanwhile(max(), "before_prepared", () => moveTo("cancelling")),
    );
    expect(answer).toMatchObject({ created: null, failure: { code: movedOn.code, ...movedOn.details } });
    await expectPromisesKept(stage, 1);
  });

  it("deletes no replacement", async () => {
    const { replacement, rotationId } = await issued(stage);
    const context = meanwhile(max(), "before_prepared", () => moveTo("hand_over"));
    expect(await failureOf(cancelRotation({ context, rotationId }))).toMatchObject(movedOn);
    expect(await signInWith(stage, replacement)).toBe(200);
    await expectPromisesKept(stage, 2);
  });

  it("issues no other one after the first was thrown away", async () => {
    const { replacement, rotationId } = await issued(stage);
    const context = meanwhile(max(), "after_outcome", () => moveTo("cancelling"));
    const answer = await reissueReplacement({ context, rotationId, input });
    expect(answer).toMatchObject({ created: null, failure: { code: movedOn.code, ...movedOn.details } });
    expect(await signInWith(stage, replacement)).toBe(401);
    await expectPromisesKept(stage, 3);
  });

  it("takes no replacement over that was created too late, and cancelling deletes it", async () => {
    const old = await makeAccount(stage, "export");
    const answer = await rotate(
      stage,
      old.id,
      meanwhile(max(), "after_answer", () => moveTo("cancelling")),
    );
    expect(answer).toMatchObject({
      created: null,
      failure: { code: "outcome_unknown" },
      rotation: { phase: "cancelling", replacement: { id: null }, secret: null },
    });
    await stage.advance(121);
    await reconcileStale({ ...stage.app, organization: stage.organization });
    const { rotation } = await cancelRotation({ context: max(), rotationId: answer.rotation.id });
    expect(rotation).toMatchObject({ outcome: "cancelled", replacement: { exists: false } });
    expect(await sentIn(stage)).toEqual([
      "POST service-accounts",
      "POST service-accounts",
      expect.stringMatching(/^DELETE/),
    ]);
    await expectPromisesKept(stage, 3);
  });
});

describe("two at one rotation", () => {
  const steps = {
    "hand over": handOverRotation,
    keep: keepPredecessor,
    cancel: cancelRotation,
    quarantine: quarantinePredecessor,
    restore: restorePredecessor,
    memberships: finishMemberships,
    reissue: (request: { context: OrganizationContext; rotationId: string }) =>
      reissueReplacement({ ...request, input }),
    finish: (request: { context: OrganizationContext; rotationId: string }) =>
      finishRotation({ ...request, input: { confirmation: "export" } }),
  };

  it("are one after the other, whatever either wants", async () => {
    const { old, replacement, rotationId } = await issued(stage);
    const [before, told] = [await sentIn(stage), await toldOf(stage)];
    await takeOver(stage, rotationId);
    for (const step of Object.values(steps)) {
      expect(await failureOf(step({ context: max(), rotationId }))).toMatchObject(elsewhere);
    }
    expect([await sentIn(stage), await toldOf(stage)]).toEqual([before, told]);
    expect([await signInWith(stage, old), await signInWith(stage, replacement)]).toEqual([200, 200]);
    await stage.advance(121);
    expect((await cancelRotation({ context: max(), rotationId })).rotation.outcome).toBe("cancelled");
  });

  it("delete no replacement when the second took over from the first", async () => {
    const { replacement, rotationId } = await issued(stage);
    const asked: unknown[] = [];
    const context = meanwhile(max(), "account_rotation_cancelling", async () => {
      await takeOver(stage, rotationId);
      asked.push(await stage.control.requests());
    });
    expect(await failureOf(cancelRotation({ context, rotationId }))).toMatchObject(elsewhere);
    // Not even a question is put to Mixpanel by the one that lost it.
    expect([await stage.control.requests()]).toEqual(asked);
    expect(await signInWith(stage, replacement)).toBe(200);
    // Whoever lost the lease does not give it back for the one who has it.
    expect(await failureOf(cancelRotation({ context: max(), rotationId }))).toMatchObject(elsewhere);
    await expectPromisesKept(stage, 2);
  });

  it("delete no predecessor when the second took over just before the commit", async () => {
    const { old, rotationId } = await overlapping(stage);
    const context = meanwhile(max(), "before_prepared", () => takeOver(stage, rotationId));
    const finish = finishRotation({ context, rotationId, input: { confirmation: "export" } });
    expect(await failureOf(finish)).toMatchObject(elsewhere);
    expect(await signInWith(stage, old)).toBe(200);
    expect(await toldOf(stage)).not.toContain("finish intended");
    await expectPromisesKept(stage, 2);
  });

  it("issue one replacement, and only who issued it sees its secret", async () => {
    const old = await makeAccount(stage, "export");
    await refuse();
    const { rotation } = await rotate(stage, old.id);
    const first: { secret?: string } = {};
    const context = await afterReading(stage, ada(), {
      tables: ["rotations"],
      happens: async () => {
        first.secret = issuedOf(await issueRotation({ context: max(), rotationId: rotation.id })).secret;
      },
    });
    const second = await issueRotation({ context, rotationId: rotation.id });
    expect(first.secret).toMatch(/./);
    expect(second).toMatchObject({ created: null, failure: null, rotation: { phase: "hand_over", issuedBy: "Max" } });
    expect(second.rotation.secret).toMatchObject({ mine: false, operator: "Max" });
    expect(await sentIn(stage)).toEqual(["POST service-accounts", "POST service-accounts"]);
  });

  it("issue nothing that was given up a moment before", async () => {
    const old = await makeAccount(stage, "export");
    await refuse();
    const { rotation } = await rotate(stage, old.id);
    const context = await afterReading(stage, ada(), {
      tables: ["rotations"],
      happens: () => cancelRotation({ context: max(), rotationId: rotation.id }),
    });
    const answer = await issueRotation({ context, rotationId: rotation.id });
    expect(answer).toMatchObject({ created: null, failure: null, rotation: { phase: "ended", outcome: "cancelled" } });
    expect(await sentIn(stage)).toEqual(["POST service-accounts"]);
  });
});

it("revokes nothing for a rotation that ended a moment before", async () => {
  const old = await makeAccount(stage, "export");
  await stage.control.fault({ method: "DELETE", times: 1, fault: { kind: "status", status: 400, body: {} } });
  const leak = { accountId: old.id, confirmation: "export" };
  const { rotation } = await breakGlass({ context: max(), input: leak, idempotencyKey: stage.newKey() });
  const end = { ended_at: stage.now().toISOString(), ended_by: "Ada", outcome: "cancelled" };
  const context = await afterReading(stage, max(), {
    tables: ["rotations"],
    happens: () => stage.database.updateTable("rotations").set(end).execute(),
  });
  const answer = await issueRotation({ context, rotationId: rotation.id });
  expect(answer).toMatchObject({ created: null, failure: null, rotation: { phase: "ended" } });
  expect(await signInWith(stage, old)).toBe(200);
});

describe("the watch beside whoever finishes", () => {
  it("writes the end down once", async () => {
    const { rotationId } = await overlapping(stage);
    const context = meanwhile(max(), "account_rotation_deleted", () => stage.sync());
    const { rotation } = await finishRotation({ context, rotationId, input: { confirmation: "export" } });
    expect(rotation).toMatchObject({ outcome: "predecessor_deleted", endedBy: "Keywarden" });
    expect((await toldOf(stage)).filter((event) => event === "finish succeeded")).toHaveLength(1);
    expect(await onlyId()).toBe(rotationId);
  });
});
