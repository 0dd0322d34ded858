import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { breakGlass } from "./break-glass";
import { cancelRotation } from "./cancel";
import { finishRotation } from "./finish";
import { dyingAt, refuseOnce, viewOf } from "./testing/acting";
import { overlapping, sentIn, toldOf } from "./testing/brought-to";
import { issuedOf, makeAccount, rotate, signInWith } from "./testing/consumer";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const view = (rotationId: string) => viewOf(stage, rotationId);
const leak = (accountId: number, key = stage.newKey(), confirmation = "export") =>
  breakGlass({ context: max(), input: { accountId, confirmation }, idempotencyKey: key });
const refuse = (method: "POST" | "DELETE") => refuseOnce(stage, method);

describe("cancelling", () => {
  it("deletes a replacement that nobody has, and says so before", async () => {
    const old = await makeAccount(stage, "export");
    const answer = await rotate(stage, old.id);
    expect(answer.rotation.undoes).toEqual({ replacement: "deleted", memberships: false });
    const { rotation } = await cancelRotation({ context: max(), rotationId: answer.rotation.id });
    expect(rotation).toMatchObject({ phase: "ended", outcome: "cancelled" });
    expect([await signInWith(stage, issuedOf(answer)), await signInWith(stage, old)]).toEqual([401, 200]);
    expect((await rotate(stage, old.id)).rotation.replacement.name).toBe("export-2026-11-2");
  });

  it("leaves a replacement alone that somebody already uses, even when no sync has seen it", async () => {
    const old = await makeAccount(stage, "export");
    const answer = await rotate(stage, old.id);
    await signInWith(stage, issuedOf(answer));
    await cancelRotation({ context: max(), rotationId: answer.rotation.id });
    expect([await signInWith(stage, issuedOf(answer)), await signInWith(stage, old)]).toEqual([200, 200]);
  });
});

describe("cancelling where little has happened", () => {
  it("is refused while the deletion of the predecessor is on its way", async () => {
    const { rotationId } = await overlapping(stage);
    const input = { confirmation: "export" };
    await finishRotation({ context: dyingAt(stage, "after_sent"), rotationId, input }).catch(() => null);
    expect(await failureOf(cancelRotation({ context: max(), rotationId }))).toMatchObject({
      code: "rotation_not_ready",
      details: { reason: "The predecessor is being deleted." },
    });
    expect((await view(rotationId)).phase).not.toBe("cancelling");
    expect(await toldOf(stage)).not.toContain("cancel intended");
  });

  it("deletes nothing where nothing was issued", async () => {
    const old = await makeAccount(stage, "export");
    const context = dyingAt(stage, "account_rotation_started");
    await rotate(stage, old.id, context).catch(() => null);
    const { id } = await stage.database.selectFrom("rotations").select("id").executeTakeFirstOrThrow();
    expect((await view(id)).undoes).toEqual({ replacement: "none", memberships: false });
    const { rotation } = await cancelRotation({ context: max(), rotationId: id });
    expect(rotation).toMatchObject({ outcome: "cancelled", replacement: { id: null } });
    expect(await sentIn(stage)).toEqual(["POST service-accounts"]);
    expect(await signInWith(stage, old)).toBe(200);
  });

  it("calls no revoked account a cancelled one", async () => {
    const old = await makeAccount(stage, "export");
    await refuse("POST");
    const { rotation } = await leak(old.id);
    const cancelled = await cancelRotation({ context: max(), rotationId: rotation.id });
    expect(cancelled.rotation).toMatchObject({ phase: "ended", outcome: "predecessor_deleted" });
    expect(await signInWith(stage, old)).toBe(401);
    expect((await toldOf(stage)).at(-1)).toBe("finish succeeded");
  });
});
