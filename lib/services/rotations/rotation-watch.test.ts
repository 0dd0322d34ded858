import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reconcileStale } from "@/lib/services/operations/reconcile-stale";
import { trySecret } from "@/lib/services/secrets/try-secret";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { cancelRotation } from "./cancel";
import { finishRotation } from "./finish";
import { handOverRotation } from "./hand-over";
import { dyingAt, viewOf } from "./testing/acting";
import { issued, overlapping, toldOf } from "./testing/brought-to";
import { signInWith } from "./testing/consumer";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const typed = { confirmation: "export" };
const view = (rotationId: string) => viewOf(stage, rotationId);
const recover = async () => {
  await stage.advance(121);
  await reconcileStale({ ...stage.app, organization: stage.organization });
};
const eventsBy = async (actorName: string) =>
  (
    await stage.database
      .selectFrom("audit_events")
      .select(["action", "detail"])
      .where("actor_name", "=", actorName)
      .orderBy("sequence")
      .execute()
  ).map(({ action, detail }) => ({ action, ...JSON.parse(detail) }));

describe("what a sync ends", () => {
  it("is a rotation whose process died after the deletion, and the evidence stays with it", async () => {
    const { rotationId } = await overlapping(stage);
    await finishRotation({ context: dyingAt(stage, "account_rotation_deleted"), rotationId, input: typed }).catch(
      () => null,
    );
    expect(await view(rotationId)).toMatchObject({ phase: "overlap", outcome: null });
    await stage.sync();
    const ended = await view(rotationId);
    expect(ended).toMatchObject({ phase: "ended", outcome: "predecessor_deleted", endedBy: "Keywarden" });
    expect(ended.evidence).toMatchObject({ predecessorExists: true, silent: false });
    expect(await eventsBy("rotation-watch")).toMatchObject([
      { action: "rotation.prove" },
      { action: "rotation.finish", outcome: "predecessor_deleted", evidence: ended.evidence },
    ]);
    await stage.sync();
    expect(await eventsBy("rotation-watch")).toHaveLength(2);
    await expectPromisesKept(stage, 3);
  });

  it("is none whose deletion was refused", async () => {
    const { rotationId } = await overlapping(stage);
    await stage.control.fault({ method: "DELETE", times: 1, fault: { kind: "status", status: 400, body: {} } });
    expect(await failureOf(finishRotation({ context: max(), rotationId, input: typed }))).toMatchObject({
      code: "upstream_refused",
    });
    await stage.sync();
    expect(await view(rotationId)).toMatchObject({ phase: "overlap", endedAt: null, can: { override: null } });
    expect(await toldOf(stage)).not.toContain("finish succeeded");
  });

  it("is none that somebody is cancelling, for more is to be taken back", async () => {
    const { rotationId } = await overlapping(stage);
    await finishRotation({ context: dyingAt(stage, "after_answer"), rotationId, input: typed }).catch(() => null);
    await recover();
    const cancelling = cancelRotation({ context: dyingAt(stage, "account_rotation_cancelling"), rotationId });
    await cancelling.catch(() => null);
    await stage.sync();
    expect(await view(rotationId)).toMatchObject({ phase: "cancelling", outcome: null });
    const { rotation } = await cancelRotation({ context: max(), rotationId });
    expect(rotation).toMatchObject({ outcome: "predecessor_deleted", endedBy: "Max" });
    await expectPromisesKept(stage, 3);
  });
});

it("takes a use for the hand-over that nobody spoke of", async () => {
  const { replacement, rotationId } = await issued(stage);
  await stage.advance(60);
  await signInWith(stage, replacement);
  await stage.sync();
  const seen = await view(rotationId);
  expect(seen).toMatchObject({ phase: "overlap", handedOverBy: null, provenHow: "used" });
  expect([seen.handedOverAt, seen.provenAt]).toEqual([stage.now().toISOString(), stage.now().toISOString()]);
});

describe("a trial of the secret", () => {
  it("begins the overlap where the secret was handed over already", async () => {
    const { rotationId, operationId } = await issued(stage);
    await handOverRotation({ context: max(), rotationId });
    await trySecret({ context: max(), operationId });
    expect(await view(rotationId)).toMatchObject({ phase: "overlap", provenHow: "tried", replacementUsedAt: null });
  });

  it("proves it once, and is no use however often it is repeated; what comes after it is one", async () => {
    const { rotationId, operationId, replacement } = await issued(stage);
    for (const _ of [1, 2]) {
      await trySecret({ context: max(), operationId });
      await stage.advance(60);
    }
    await stage.sync();
    expect(await view(rotationId)).toMatchObject({ phase: "hand_over", provenHow: "tried", replacementUsedAt: null });
    expect(await toldOf(stage)).toEqual(["start intended", "issue succeeded", "prove succeeded"]);
    await signInWith(stage, replacement);
    await stage.sync();
    expect((await view(rotationId)).replacementUsedAt).not.toBeNull();
  });

  it("is no use either when Mixpanel could not be asked when it was", async () => {
    const { rotationId, operationId, replacement } = await issued(stage);
    const path = `/organizations/${stage.simulator.organizationId}/service-accounts/${replacement.id}`;
    await stage.control.fault({ method: "GET", path, fault: { kind: "status", status: 503 } });
    expect((await trySecret({ context: max(), operationId })).works).toBe(true);
    await stage.control.clearFaults();
    await stage.advance(600);
    await stage.sync();
    expect(await view(rotationId)).toMatchObject({
      provenHow: "tried",
      replacementUsedAt: null,
      replacement: { lastUsedAt: expect.stringMatching(/^2026-11-23T12:0/) },
    });
  });

  it("brings no rotation back that is being cancelled", async () => {
    const { rotationId, operationId } = await issued(stage);
    await handOverRotation({ context: max(), rotationId });
    const cancelling = cancelRotation({ context: dyingAt(stage, "account_rotation_cancelling"), rotationId });
    await cancelling.catch(() => null);
    expect((await trySecret({ context: max(), operationId })).works).toBe(true);
    expect(await view(rotationId)).toMatchObject({ phase: "cancelling", provenHow: "tried", overlapUntil: null });
  });

  it("changes no rotation that has ended, and none at all for an account outside of one", async () => {
    const { rotationId, operationId } = await issued(stage);
    await handOverRotation({ context: max(), rotationId });
    await cancelRotation({ context: max(), rotationId });
    const plain = await createServiceAccount({
      context: max(),
      input: { name: "plain", purpose: "", role: "consumer", expiresAt: null, neverReason: "a test", projects: [] },
      idempotencyKey: stage.newKey(),
    });
    const [ended, told] = [await view(rotationId), await toldOf(stage)];
    for (const id of [operationId, plain.operationId]) {
      expect((await trySecret({ context: max(), operationId: id })).works).toBe(true);
    }
    expect(await view(rotationId)).toMatchObject({ provenAt: null, outcome: "cancelled", endedAt: ended.endedAt });
    expect(await toldOf(stage)).toEqual(told);
  });
});
