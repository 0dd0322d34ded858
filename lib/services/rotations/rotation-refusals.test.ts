import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WritableRole } from "@/lib/domain/role";
import type { OrganizationContext } from "@/lib/services/context";
import { watchedDatabase } from "@/lib/services/notifications/testing/watched-database";
import { createCampaign } from "@/lib/services/rotation-campaigns/create";
import { closeCampaign } from "@/lib/services/rotation-campaigns/end";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { breakGlass } from "./break-glass";
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
import { reissueReplacement } from "./reissue";
import { startRotation } from "./start";
import { issued, overlapping, sentIn, toldOf } from "./testing/brought-to";
import { issuedOf, makeAccount, rotate, signInWith } from "./testing/consumer";
import { meanwhile } from "./testing/meanwhile";
import { Crash, type Point } from "./testing/rotation-walk";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const plain = { confirmation: "" };
const view = async (rotationId: string) => (await getRotation({ context: max(), rotationId })).rotation;
const start = (accountId: number, more: { role?: WritableRole; campaignId?: string } = {}, key = stage.newKey()) =>
  startRotation({ context: max(), input: { accountId, campaignId: null, ...more }, idempotencyKey: key });
const leak = (accountId: number, key = stage.newKey(), confirmation = "export") =>
  breakGlass({ context: max(), input: { accountId, confirmation }, idempotencyKey: key });
const dyingAt = (point: Point) => meanwhile(max(), point, () => Promise.reject(new Crash()));
const refuse = (method: "POST" | "DELETE") =>
  stage.control.fault({ method, times: 1, fault: { kind: "status", status: 400, body: { error: "no" } } });
/** An account whose role in the organization Mixpanel does not tell. */
const unknownRole = () =>
  stage.database
    .selectFrom("service_accounts")
    .select(["id", "name"])
    .where("highest_role", "=", "consumer")
    .where("organization_role", "is", null)
    .executeTakeFirstOrThrow();
const nothingWritten = async () => {
  const rows = await stage.database.selectFrom("rotations").select("id").execute();
  expect([rows, await toldOf(stage)]).toEqual([[], []]);
};

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

describe("cancelling", () => {
  it("is refused while the deletion of the predecessor is on its way", async () => {
    const { rotationId } = await overlapping(stage);
    const input = { confirmation: "export" };
    await finishRotation({ context: dyingAt("after_sent"), rotationId, input }).catch(() => null);
    expect(await failureOf(cancelRotation({ context: max(), rotationId }))).toMatchObject({
      code: "rotation_not_ready",
      details: { reason: "The predecessor is being deleted." },
    });
    expect((await view(rotationId)).phase).not.toBe("cancelling");
    expect(await toldOf(stage)).not.toContain("cancel intended");
  });

  it("deletes nothing where nothing was issued", async () => {
    const old = await makeAccount(stage, "export");
    const context = dyingAt("account_rotation_started");
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

describe("starting", () => {
  it("takes no other role than the one that is known", async () => {
    const old = await makeAccount(stage, "export");
    const reason = "It is known to be consumer of the organization.";
    expect(await failureOf(start(old.id, { role: "analyst" }))).toMatchObject({
      code: "bad_request",
      details: { reason, fields: { role: reason } },
    });
    await nothingWritten();
  });

  it("lets nobody choose a role above their own for an account whose role is unknown", async () => {
    const { id, name } = await unknownRole();
    const reason = "A manager may not grant admin. Nothing was sent.";
    expect(await failureOf(start(id, { role: "admin" }))).toMatchObject({
      code: "role_above_ceiling",
      details: { reason, fields: { role: reason } },
    });
    const own = breakGlass({
      context: max(),
      input: { accountId: id, role: "owner", confirmation: name },
      idempotencyKey: stage.newKey(),
    });
    expect(await failureOf(own)).toMatchObject({
      code: "role_above_ceiling",
      details: { reason: "A manager may not grant owner. Nothing was sent." },
    });
    await nothingWritten();
    expect(await sentIn(stage)).toEqual([]);
  });

  it("is one of a campaign only for who is in it, while it is open", async () => {
    const [inside, outside] = [await makeAccount(stage, "inside"), await makeAccount(stage, "outside")];
    const { id: campaignId } = await createCampaign({
      context: max(),
      input: {
        name: "Vendor X",
        dueOn: "2027-03-31",
        chosenBy: { kind: "selection", accountIds: [inside.id] },
      },
      idempotencyKey: stage.newKey(),
    });
    const told = await toldOf(stage);
    const failure = {
      code: "not_found",
      details: { reason: "This campaign is closed, or this service account is not in it." },
    };
    expect(await failureOf(start(outside.id, { campaignId }))).toMatchObject(failure);
    expect(await failureOf(start(inside.id, { campaignId: "none" }))).toMatchObject(failure);
    expect(await toldOf(stage)).toEqual(told);
    await closeCampaign({ context: max(), campaignId });
    expect(await failureOf(start(inside.id, { campaignId }))).toMatchObject(failure);
    expect(await sentIn(stage)).toHaveLength(2);
  });

  it("does not take a database that fails for a verdict on the credential", async () => {
    const old = await makeAccount(stage, "export");
    const database = watchedDatabase(stage.database, {
      before: ({ names }) => {
        if (names("organization_credentials")) throw new Error("The disk is full.");
      },
    });
    expect(await failureOf(rotate(stage, old.id, { ...max(), database }))).toMatchObject({ code: "read_only" });
    const preview = previewRotation({ context: { ...max(), database }, accountId: old.id });
    await expect(preview).rejects.toThrow("The disk is full.");
    await nothingWritten();
  });

  it("knows no account that is not in the inventory", async () => {
    expect(await failureOf(start(9_999_999))).toMatchObject({ code: "not_found" });
    expect(await failureOf(previewRotation({ context: max(), accountId: 9_999_999 }))).toMatchObject({
      code: "not_found",
    });
    await nothingWritten();
  });
});

describe("issuing", () => {
  it("is refused to whoever may only look, and to whom the account is too strong", async () => {
    const strong = await stage.database
      .selectFrom("service_accounts")
      .select("id")
      .where("highest_role", "in", ["owner", "admin"])
      .where("username", "!=", stage.simulator.owner.username)
      .executeTakeFirstOrThrow();
    await refuse("POST");
    const { rotation } = await rotate(stage, strong.id, stage.as(administrator));
    const issueAs = (context: OrganizationContext) => failureOf(issueRotation({ context, rotationId: rotation.id }));
    expect(await issueAs(stage.as(viewer))).toMatchObject({ code: "not_permitted" });
    expect(await issueAs(max())).toMatchObject({ code: "role_above_ceiling" });
    expect(await sentIn(stage)).toEqual([]);
    expect((await issueRotation({ context: stage.as(administrator), rotationId: rotation.id })).created).not.toBeNull();
  });

  it("opens the secret to nobody but who issued it", async () => {
    const { rotationId } = await issued(stage);
    const views = () =>
      stage.database.selectFrom("audit_events").select("id").where("action", "=", "secret.view").execute();
    const before = await views();
    expect(before, "the answer that issued it is no view").toEqual([]);
    const asked = await issueRotation({ context: stage.as(administrator), rotationId });
    expect(asked).toMatchObject({ created: null, failure: null, rotation: { secret: { mine: false } } });
    expect(await views()).toEqual(before);
    expect((await issueRotation({ context: max(), rotationId })).created?.secret).toMatch(/./);
    expect(await views()).toHaveLength(before.length + 1);
  });

  it("that was refused leaves nothing to hand over or to delete, and the record of cancelling says so", async () => {
    const old = await makeAccount(stage, "export");
    await refuse("POST");
    const { rotation } = await start(old.id, {});
    expect(await failureOf(handOverRotation({ context: max(), rotationId: rotation.id }))).toMatchObject({
      code: "rotation_not_ready",
      details: { reason: "There is nothing to hand over now." },
    });
    await cancelRotation({ context: max(), rotationId: rotation.id });
    const event = await stage.database
      .selectFrom("audit_events")
      .select("detail")
      .where("action", "=", "rotation.cancel")
      .where("outcome", "=", "succeeded")
      .executeTakeFirstOrThrow();
    expect(JSON.parse(event.detail)).toMatchObject({ replacement: "none" });
    expect(await sentIn(stage)).toEqual(["POST service-accounts"]);
  });

  it("is not tried again by a repeat of the request that failed", async () => {
    const old = await makeAccount(stage, "export");
    await refuse("POST");
    const key = stage.newKey();
    const first = await start(old.id, {}, key);
    const again = await start(old.id, {}, key);
    expect(again).toMatchObject({ created: null, failure: null, rotation: { id: first.rotation.id, phase: "issue" } });
    expect(await sentIn(stage)).toEqual(["POST service-accounts"]);
  });

  it("shows no secret again of a replacement that was deleted", async () => {
    const old = await makeAccount(stage, "export");
    const key = stage.newKey();
    const { rotation } = await start(old.id, {}, key);
    await cancelRotation({ context: max(), rotationId: rotation.id });
    const views = stage.database.selectFrom("audit_events").select("id").where("action", "=", "secret.view");
    const before = await views.execute();
    const again = await start(old.id, {}, key);
    expect(again).toMatchObject({ created: null, failure: null, rotation: { id: rotation.id, outcome: "cancelled" } });
    expect(await views.execute()).toEqual(before);
  });

  it("leaves a project out that is gone by then", async () => {
    const old = await makeAccount(stage, "export");
    await refuse("POST");
    const { rotation } = await rotate(stage, old.id);
    const { plan } = await getRotation({ context: max(), rotationId: rotation.id });
    const [gone, left] = plan.projects;
    await stage.database.deleteFrom("memberships").where("project_id", "=", gone!.id).execute();
    await stage.database.deleteFrom("projects").where("id", "=", gone!.id).execute();
    const answer = await issueRotation({ context: max(), rotationId: rotation.id });
    expect(answer.created?.memberships.map(({ projectId }) => projectId)).toEqual([left!.id]);
    expect((await getRotation({ context: max(), rotationId: rotation.id })).missing).toEqual([]);
  });

  it("sends nothing that could not be created here by hand", async () => {
    const old = await makeAccount(stage, "export");
    await refuse("POST");
    const { rotation } = await rotate(stage, old.id);
    await stage.database.updateTable("rotations").set({ replacement_name: "no such name!" }).execute();
    const answer = await issueRotation({ context: max(), rotationId: rotation.id });
    expect(answer).toMatchObject({ created: null, failure: { code: "internal" }, rotation: { phase: "issue" } });
    expect(answer.failure?.reason).toMatch(/^export\.\S+ cannot be copied\.$/);
    await expectPromisesKept(stage, 1);
  });

  it("comes before any deletion, confirmed or not", async () => {
    const old = await makeAccount(stage, "export");
    await refuse("POST");
    const { rotation } = await rotate(stage, old.id);
    const finish = finishRotation({ context: max(), rotationId: rotation.id, input: { confirmation: "export" } });
    expect(await failureOf(finish)).toMatchObject({
      code: "rotation_not_ready",
      details: { reason: "No replacement has been issued yet." },
    });
    expect(await signInWith(stage, old)).toBe(200);
    await expectPromisesKept(stage, 1);
  });

  it("is done again only where something was issued", async () => {
    const old = await makeAccount(stage, "export");
    await refuse("POST");
    const { rotation } = await rotate(stage, old.id);
    const again = reissueReplacement({ context: max(), rotationId: rotation.id, input: plain });
    expect(await failureOf(again)).toMatchObject({
      code: "rotation_not_ready",
      details: { reason: "There is no replacement to do again." },
    });
    await expectPromisesKept(stage, 1);
  });
});

describe("this secret leaked", () => {
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
    await finishRotation({ context: dyingAt("after_sent"), rotationId: stuck.rotationId, input }).catch(() => null);
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
