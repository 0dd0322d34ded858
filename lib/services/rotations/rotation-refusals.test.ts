import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OrganizationContext } from "@/lib/services/context";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { cancelRotation } from "./cancel";
import { finishRotation } from "./finish";
import { finishMemberships } from "./finish-memberships";
import { getRotation } from "./get";
import { handOverRotation } from "./hand-over";
import { issueRotation } from "./issue";
import { keepPredecessor } from "./keep";
import { listRotations } from "./list";
import { previewRotation } from "./preview";
import { quarantinePredecessor, restorePredecessor } from "./quarantine";
import { dyingAt, viewOf } from "./testing/acting";
import { issued, overlapping, sentIn, toldOf } from "./testing/brought-to";
import { makeAccount, rotate, signInWith } from "./testing/consumer";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const view = (rotationId: string) => viewOf(stage, rotationId);

describe("a rotation that has ended", () => {
  it("takes no further step: nothing is sent, and nothing told a second time", async () => {
    const { old, replacement, rotationId } = await overlapping(stage);
    await keepPredecessor({ context: max(), rotationId });
    const [sent, told, ended] = [await sentIn(stage), await toldOf(stage), await view(rotationId)];
    await stage.advance(60);
    const again = [
      cancelRotation,
      keepPredecessor,
      handOverRotation,
      (request: { context: OrganizationContext; rotationId: string }) =>
        finishRotation({ ...request, input: { confirmation: "export" } }),
    ];
    for (const step of again) {
      const { rotation } = await step({ context: max(), rotationId });
      expect(rotation).toMatchObject({ outcome: "predecessor_kept", endedAt: ended.endedAt });
    }
    expect(await issueRotation({ context: max(), rotationId })).toMatchObject({ failure: null });
    const refused = [quarantinePredecessor, restorePredecessor, finishMemberships];
    for (const step of refused) {
      expect(await failureOf(step({ context: max(), rotationId }))).toMatchObject({ code: "rotation_not_ready" });
    }
    expect([await sentIn(stage), await toldOf(stage)]).toEqual([sent, told]);
    expect([await signInWith(stage, old), await signInWith(stage, replacement)]).toEqual([200, 200]);
  });
});

describe("looking at rotations", () => {
  it("shows viewers and jobs every step as closed, and a job no preview at all", async () => {
    const { old, rotationId } = await issued(stage);
    const job: OrganizationContext = { ...max(), actor: { kind: "system", name: "a job" } };
    for (const context of [stage.as(viewer), job]) {
      const { rotation } = await getRotation({ context, rotationId });
      expect(new Set(Object.values(rotation.can))).toEqual(new Set(["Your role may look at rotations only."]));
      expect(rotation.secret).toMatchObject({ mine: false });
      expect(await issueRotation({ context, rotationId })).toMatchObject({ created: null });
    }
    expect(await failureOf(previewRotation({ context: job, accountId: old.id }))).toMatchObject({
      code: "not_permitted",
    });
  });

  it("puts first what is to be gone on with, then what is due soonest", async () => {
    const [late, soon] = [await issued(stage, "late"), await makeAccount(stage, "soon", { expiresInDays: 5 })];
    await stage.advance(1);
    const stuck = await issued(stage, "stuck");
    await stage.advance(1);
    const sooner = await rotate(stage, soon.id);
    const input = { confirmation: "stuck" };
    await finishRotation({ context: dyingAt(stage, "after_sent"), rotationId: stuck.rotationId, input }).catch(
      () => null,
    );
    const { open } = await listRotations({ context: max() });
    expect(open.map(({ id }) => id)).toEqual([stuck.rotationId, sooner.rotation.id, late.rotationId]);
    expect(open[0]?.next).toMatchObject({ text: expect.stringMatching(/^Go on: stuck is being deleted/), due: null });
  });

  it("counts nothing as silence before Mixpanel was read", async () => {
    const { rotationId } = await overlapping(stage);
    await stage.advance(30 * 86_400);
    await stage.database.updateTable("organizations").set({ synced_at: null, clock_skew_ms: null }).execute();
    expect(await view(rotationId)).toMatchObject({
      phase: "watch",
      evidence: { seenAt: null, silent: false },
      can: { delete: expect.stringMatching(/Mixpanel was last read never\.$/) },
    });
  });
});
