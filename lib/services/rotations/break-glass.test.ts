import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { breakGlass } from "./break-glass";
import { finishRotation } from "./finish";
import { handOverRotation } from "./hand-over";
import { issueRotation } from "./issue";
import { refuseOnce, viewOf } from "./testing/acting";
import { overlapping, sentIn, toldOf } from "./testing/brought-to";
import { issuedOf, makeAccount, rotate, signInWith } from "./testing/consumer";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const view = (rotationId: string) => viewOf(stage, rotationId);
const refuse = (method: "POST" | "DELETE") => refuseOnce(stage, method);
const finish = (rotationId: string, confirmation = "", context = max()) =>
  finishRotation({ context, rotationId, input: { confirmation } });
const ledger = () => sentIn(stage);

describe("this secret leaked", () => {
  const leak = (accountId: number, confirmation: string, key = stage.newKey()) =>
    breakGlass({ context: max(), input: { accountId, confirmation }, idempotencyKey: key });

  it("revokes at once and issues a replacement in the same step", async () => {
    const old = await makeAccount(stage, "export");
    await signInWith(stage, old);
    await stage.sync();
    expect(await failureOf(leak(old.id, "wrong"))).toMatchObject({ code: "confirmation_mismatch" });
    const answer = await leak(old.id, "export");
    expect(await signInWith(stage, old)).toBe(401);
    expect(answer.created?.memberships).toHaveLength(2);
    expect(await ledger()).toEqual(["POST service-accounts", `DELETE ${old.id}`, "POST service-accounts"]);
    expect(await failureOf(finish(answer.rotation.id, "export"))).toMatchObject({ code: "rotation_not_ready" });
    await handOverRotation({ context: max(), rotationId: answer.rotation.id });
    await stage.advance(60);
    await signInWith(stage, issuedOf(answer));
    await stage.sync();
    expect(await view(answer.rotation.id)).toMatchObject({ phase: "ended", outcome: "predecessor_deleted" });
    await expectPromisesKept(stage, 3);
  });

  it("stays resumable whichever of its two halves fails", async () => {
    const old = await makeAccount(stage, "export");
    await stage.control.fault({ method: "DELETE", times: 1, fault: { kind: "status", status: 400, body: {} } });
    const first = await leak(old.id, "export");
    expect(first).toMatchObject({
      created: null,
      rotation: { phase: "revoke" },
      failure: { code: "upstream_refused" },
    });
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "status", status: 400, body: {} } });
    const second = await issueRotation({ context: max(), rotationId: first.rotation.id });
    expect(second).toMatchObject({ created: null, rotation: { phase: "issue" } });
    expect(await signInWith(stage, old)).toBe(401);
    const third = await issueRotation({ context: max(), rotationId: first.rotation.id });
    expect(await signInWith(stage, issuedOf(third))).toBe(200);
    await expectPromisesKept(stage, 3);
  });

  it("inside a rotation deletes the side that leaked", async () => {
    const { old, replacement, rotationId } = await overlapping(stage);
    const again = await leak(replacement.id, "export-2026-11");
    expect([await signInWith(stage, replacement), await signInWith(stage, old)]).toEqual([401, 200]);
    expect(again.rotation).toMatchObject({ id: rotationId, phase: "hand_over" });
    const gone = await leak(old.id, "export");
    expect(gone.rotation).toMatchObject({ id: rotationId, outcome: "predecessor_deleted" });
    expect([await signInWith(stage, old), await signInWith(stage, issuedOf(again))]).toEqual([401, 200]);
  });
});

describe("this secret leaked, asked again or in the middle of a rotation", () => {
  const leak = (accountId: number, key = stage.newKey(), confirmation = "export") =>
    breakGlass({ context: max(), input: { accountId, confirmation }, idempotencyKey: key });

  it("revokes once per key", async () => {
    const old = await makeAccount(stage, "export");
    const key = stage.newKey();
    const [first, again] = [await leak(old.id, key), await leak(old.id, key)];
    expect(again.rotation.id).toBe(first.rotation.id);
    expect(again.created?.secret).toBe(first.created?.secret);
    expect(await failureOf(leak(old.id, key, "other"))).toMatchObject({ code: "idempotency_conflict" });
    expect(await sentIn(stage)).toHaveLength(3);
  });

  it("goes on with the revocation that failed, whoever asks", async () => {
    const old = await makeAccount(stage, "export");
    await refuse("DELETE");
    const first = await leak(old.id);
    expect(first.rotation.phase).toBe("revoke");
    const second = await leak(old.id);
    expect(second.rotation).toMatchObject({ id: first.rotation.id, phase: "hand_over" });
    expect([await signInWith(stage, old), await signInWith(stage, issuedOf(second))]).toEqual([401, 200]);
  });

  it("takes the place of a rotation that has issued nothing yet", async () => {
    const old = await makeAccount(stage, "export");
    await refuse("POST");
    const { rotation } = await rotate(stage, old.id);
    const answer = await leak(old.id);
    expect(answer.rotation).toMatchObject({ kind: "leak", phase: "hand_over" });
    expect(answer.rotation.id).not.toBe(rotation.id);
    expect(await view(rotation.id)).toMatchObject({ outcome: "cancelled" });
    expect(await signInWith(stage, old)).toBe(401);
  });

  it("asks for the name of the side that leaked, not of the other", async () => {
    const { old, replacement } = await overlapping(stage);
    expect(await failureOf(leak(replacement.id))).toMatchObject({
      code: "confirmation_mismatch",
      details: { fields: { confirmation: 'Type "export-2026-11" exactly.' } },
    });
    expect(await failureOf(leak(old.id, stage.newKey(), "export-2026-11"))).toMatchObject({
      code: "confirmation_mismatch",
    });
    expect([await signInWith(stage, old), await signInWith(stage, replacement)]).toEqual([200, 200]);
    expect(await toldOf(stage)).not.toContain("break_glass intended");
  });
});
