import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { cancelRotation } from "./cancel";
import { keepPredecessor } from "./keep";
import { quarantinePredecessor, restorePredecessor } from "./quarantine";
import { overlapping } from "./testing/brought-to";
import { signInWith } from "./testing/consumer";

const DAY = 86_400;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const pass = async (days: number) => {
  await stage.advance(days * DAY);
  await stage.sync();
};

describe("quarantine", () => {
  it("takes the memberships away, remembers them, and gives them back", async () => {
    const { old, replacement, rotationId } = await overlapping(stage);
    expect(await failureOf(quarantinePredecessor({ context: max(), rotationId }))).toMatchObject({
      code: "rotation_not_ready",
    });
    await pass(8);
    const { rotation, removed } = await quarantinePredecessor({ context: max(), rotationId });
    expect(rotation).toMatchObject({ phase: "quarantine", evidence: { removable: 0 } });
    expect(removed.map(({ role }) => role).sort()).toEqual(["analyst", "consumer"]);
    expect(await signInWith(stage, old)).toBe(200);
    expect(await failureOf(keepPredecessor({ context: max(), rotationId }))).toMatchObject({
      code: "rotation_not_ready",
    });
    const back = await restorePredecessor({ context: max(), rotationId });
    expect(back).toMatchObject({ removed: [], rotation: { phase: "watch", quarantinedAt: null } });
    expect(back.rotation.evidence?.quietSince).toBe(back.rotation.restoredAt);
    expect((await keepPredecessor({ context: max(), rotationId })).rotation.outcome).toBe("predecessor_kept");
    expect([await signInWith(stage, old), await signInWith(stage, replacement)]).toEqual([200, 200]);
    await expectPromisesKept(stage, 6);
  });

  it("can be finished and undone where only some of it went through", async () => {
    const { rotationId } = await overlapping(stage);
    await pass(8);
    await stage.control.fault({
      method: "POST",
      path: `/organizations/${stage.simulator.organizationId}/service-accounts/remove-from-project`,
      times: 1,
      fault: { kind: "status", status: 400, body: { error: "not now" } },
    });
    const half = await quarantinePredecessor({ context: max(), rotationId });
    expect(half).toMatchObject({ rotation: { phase: "quarantine", evidence: { removable: 1 } }, removed: [{}] });
    const whole = await quarantinePredecessor({ context: max(), rotationId });
    expect(whole).toMatchObject({ rotation: { evidence: { removable: 0 } }, removed: [{}, {}] });
    await stage.control.fault({
      method: "POST",
      path: `/organizations/${stage.simulator.organizationId}/service-accounts/add-to-project`,
      times: 1,
      fault: { kind: "status", status: 400, body: { error: "not now" } },
    });
    expect(await failureOf(restorePredecessor({ context: max(), rotationId }))).toMatchObject({
      details: { reason: "1 of 2 memberships were given back. Try the rest again." },
    });
    const back = await cancelRotation({ context: max(), rotationId });
    expect(back.rotation).toMatchObject({ outcome: "cancelled" });
    await stage.sync();
    const held = await stage.database
      .selectFrom("memberships")
      .select("role")
      .where("account_id", "=", back.rotation.predecessor.id)
      .execute();
    expect(held).toHaveLength(2);
  });
});
