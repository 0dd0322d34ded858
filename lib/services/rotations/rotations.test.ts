import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findAnnotation, saveAnnotation } from "@/lib/db/annotations";
import { annotationSchema } from "@/lib/domain/annotation";
import { removeMemberships } from "@/lib/services/memberships/remove";
import { trySecret } from "@/lib/services/secrets/try-secret";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { cancelRotation } from "./cancel";
import { finishRotation } from "./finish";
import { finishMemberships } from "./finish-memberships";
import { getRotation } from "./get";
import { handOverRotation } from "./hand-over";
import { issueRotation } from "./issue";
import { listRotations } from "./list";
import { previewRotation } from "./preview";
import { reissueReplacement } from "./reissue";
import { startRotation } from "./start";
import { viewOf } from "./testing/acting";
import { overlapping, sentIn, toldOf } from "./testing/brought-to";
import { issuedOf, makeAccount, rotate, signInWith } from "./testing/consumer";

const DAY = 86_400;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const view = (rotationId: string) => viewOf(stage, rotationId);
const pass = async (days: number) => {
  await stage.advance(days * DAY);
  await stage.sync();
};
const finish = (rotationId: string, confirmation = "", context = max()) =>
  finishRotation({ context, rotationId, input: { confirmation } });
const ledger = () => sentIn(stage);

describe("a rotation from its start to the deletion on evidence", () => {
  it("issues a copy, hands it over, sees it used, waits for silence, and deletes with the evidence in the record", async () => {
    const old = await makeAccount(stage, "export");
    const said = annotationSchema.parse({ owner: "Data team", contact: "data@example.com", tags: ["vendor-x"] });
    const subject = { organizationKey: stage.organization.key, accountId: old.id };
    await saveAnnotation(stage.database, subject, said, { by: "Max", at: stage.now().toISOString() });
    await signInWith(stage, old);
    const answer = await rotate(stage, old.id);
    const replacement = issuedOf(answer);
    const rotationId = answer.rotation.id;
    expect(answer.created?.account).toMatchObject({ name: "export-2026-11", expiresAt: "2027-02-21T23:59:59.000Z" });
    expect(answer.created?.memberships.map(({ role, grant }) => `${grant} ${role}`).sort()).toEqual([
      "individual analyst",
      "individual consumer",
    ]);
    expect(answer.rotation).toMatchObject({ phase: "hand_over", owner: "Data team", next: { who: "Data team" } });
    expect(await findAnnotation(stage.database, stage.organization.key, replacement.id)).toMatchObject(said);
    expect(await failureOf(finish(rotationId))).toMatchObject({ code: "rotation_not_ready" });

    await handOverRotation({ context: max(), rotationId });
    expect(await view(rotationId)).toMatchObject({
      phase: "prove",
      can: { delete: expect.stringMatching(/^Nothing/) },
    });
    await stage.advance(60);
    expect(await signInWith(stage, replacement)).toBe(200);
    await stage.sync();
    const proven = await view(rotationId);
    expect(proven).toMatchObject({
      phase: "overlap",
      provenHow: "used",
      replacementUsedAt: expect.stringMatching(/^2026-11-23T12:0/),
    });

    // Whoever has not switched yet still gets in, and is seen.
    await pass(3);
    expect(await signInWith(stage, old)).toBe(200);
    await stage.sync();
    await pass(5);
    const watched = await view(rotationId);
    expect(watched).toMatchObject({ phase: "watch", evidence: { silent: false } });
    expect(watched.predecessorUsedAt).not.toBeNull();
    expect(watched.can.delete).toMatch(
      /^The predecessor was last used on 2026-11-26 12:0\d UTC\. It has to be silent until/,
    );
    expect(await failureOf(finish(rotationId))).toMatchObject({ code: "rotation_not_ready" });

    await pass(3);
    expect(await view(rotationId)).toMatchObject({ phase: "watch", can: { delete: null }, evidence: { silent: true } });
    const { rotation } = await finish(rotationId);
    expect(rotation).toMatchObject({ phase: "ended", outcome: "predecessor_deleted", evidence: { silent: true } });
    expect(await signInWith(stage, old)).toBe(401);
    expect(await signInWith(stage, replacement)).toBe(200);
    expect(await toldOf(stage)).toEqual([
      "start intended",
      "issue succeeded",
      "hand_over succeeded",
      "prove succeeded",
      "finish intended",
      "finish succeeded",
    ]);
    const told = await stage.database
      .selectFrom("audit_events")
      .select("detail")
      .where("action", "=", "rotation.finish")
      .where("outcome", "=", "intended")
      .executeTakeFirstOrThrow();
    expect(JSON.parse(told.detail)).toMatchObject({ by: "evidence", evidence: { silent: true, silentAfterDays: 7 } });
    await expectPromisesKept(stage, 3);
  });

  it("counts silence by what was really looked at, and looks once more before it deletes", async () => {
    const { old, rotationId } = await overlapping(stage);
    await stage.advance(20 * DAY);
    // Twenty days without a single reading are no silence.
    expect(await view(rotationId)).toMatchObject({ phase: "watch", evidence: { silent: false } });
    await stage.sync();
    expect(await view(rotationId)).toMatchObject({ can: { delete: null } });
    await stage.advance(30);
    await signInWith(stage, old);
    expect(await failureOf(finish(rotationId))).toMatchObject({
      code: "rotation_not_ready",
      details: { reason: expect.stringMatching(/^The predecessor was last used on 2026-12-13 12:0\d UTC/) },
    });
    expect(await signInWith(stage, old)).toBe(200);
  });

  it("takes the console's own trial for a proof that the secret works, but not for a use", async () => {
    const old = await makeAccount(stage, "export");
    const answer = await rotate(stage, old.id);
    const rotationId = answer.rotation.id;
    const operationId = answer.created?.operationId ?? "";
    expect((await trySecret({ context: max(), operationId })).works).toBe(true);
    await handOverRotation({ context: max(), rotationId });
    expect(await view(rotationId)).toMatchObject({ phase: "overlap", provenHow: "tried", replacementUsedAt: null });
    await pass(30);
    expect(await view(rotationId)).toMatchObject({
      phase: "watch",
      evidence: { silent: true },
      can: { delete: "The replacement has not been seen in use yet.", override: null },
    });
    await signInWith(stage, issuedOf(answer));
    await stage.sync();
    expect(await view(rotationId)).toMatchObject({
      can: { delete: null },
      replacementUsedAt: expect.stringMatching(/^2026-12-23T12:0/),
    });
  });

  it("never overlaps past the predecessor's end, and needs no silence of what can no longer sign in", async () => {
    const old = await makeAccount(stage, "ending", { expiresInDays: 3 });
    const answer = await rotate(stage, old.id);
    const rotationId = answer.rotation.id;
    await handOverRotation({ context: max(), rotationId });
    await stage.advance(DAY);
    await signInWith(stage, issuedOf(answer));
    await stage.sync();
    const { overlapUntil, predecessor } = await view(rotationId);
    expect(overlapUntil).toBe(predecessor.expiresAt);
    await signInWith(stage, old);
    await pass(2.1);
    expect(await view(rotationId)).toMatchObject({
      phase: "watch",
      evidence: { silent: false, predecessorExpired: true },
    });
    expect((await finish(rotationId)).rotation.outcome).toBe("predecessor_deleted");
  });

  it("lets its name typed and a fresh sign-in override the evidence, and the record says so", async () => {
    const { old, rotationId } = await overlapping(stage);
    expect(await failureOf(finish(rotationId, "exports"))).toMatchObject({ code: "confirmation_mismatch" });
    const stale = stage.as({ ...manager, authenticatedAt: new Date(stage.now().getTime() - 3_600_000) });
    expect(await failureOf(finish(rotationId, "export", stale))).toMatchObject({ code: "fresh_sign_in_required" });
    expect(await signInWith(stage, old)).toBe(200);
    expect((await finish(rotationId, "export")).rotation.outcome).toBe("predecessor_deleted");
    const row = await stage.database
      .selectFrom("audit_events")
      .select("detail")
      .where("action", "=", "rotation.finish")
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.detail)).toMatchObject({ by: "confirmation", evidence: { silent: false } });
  });
});

describe("who may, and once only", () => {
  it("starts one rotation per account, and one per key", async () => {
    const old = await makeAccount(stage, "export");
    const key = stage.newKey();
    const start = () =>
      startRotation({ context: max(), input: { accountId: old.id, campaignId: null }, idempotencyKey: key });
    const first = await start();
    const again = await start();
    expect(again.rotation.id).toBe(first.rotation.id);
    expect(again.created?.secret).toBe(first.created?.secret);
    const other = await failureOf(rotate(stage, old.id));
    expect(other).toMatchObject({ code: "operation_in_progress" });
    expect(other.details.reason).toMatch(/^export is part of a rotation that Max began/);
    expect(await failureOf(rotate(stage, issuedOf(first).id))).toMatchObject({ code: "operation_in_progress" });
    expect(await ledger()).toEqual(["POST service-accounts", "POST service-accounts"]);
  });

  it("refuses the console's own credential and leads to the settings page", async () => {
    const own = await stage.database
      .selectFrom("service_accounts")
      .select("id")
      .where("username", "=", stage.simulator.owner.username)
      .executeTakeFirstOrThrow();
    const failure = await failureOf(rotate(stage, own.id, stage.as(administrator)));
    expect(failure).toMatchObject({ code: "own_credential" });
    expect(failure.details.reason).toMatch(/settings page/);
    expect(await previewRotation({ context: max(), accountId: own.id })).toMatchObject({ own: true, plan: null });
  });

  it("keeps viewers out, and managers from what is above their ceiling", async () => {
    const old = await makeAccount(stage, "export");
    expect(await failureOf(rotate(stage, old.id, stage.as(viewer)))).toMatchObject({ code: "not_permitted" });
    const strong = await stage.database
      .selectFrom("service_accounts")
      .select(["id", "name"])
      .where("highest_role", "in", ["owner", "admin"])
      .where("username", "!=", stage.simulator.owner.username)
      .executeTakeFirstOrThrow();
    expect(await failureOf(rotate(stage, strong.id))).toMatchObject({ code: "role_above_ceiling" });
    expect(await previewRotation({ context: max(), accountId: strong.id })).toMatchObject({
      refusal: expect.stringContaining("a manager may not touch"),
    });
    const { rotation } = await rotate(stage, strong.id, stage.as(administrator));
    expect(rotation).toMatchObject({ phase: "hand_over", can: { cancel: null } });
    expect(await failureOf(cancelRotation({ context: max(), rotationId: rotation.id }))).toMatchObject({
      code: "role_above_ceiling",
    });
    expect((await view(rotation.id)).can.cancel).toMatch(/a manager may not touch/);
  });

  it("asks for the organization role where nobody knows it, and infers it from a grant of the organization", async () => {
    const unknown = await stage.database
      .selectFrom("service_accounts")
      .select("id")
      .where("highest_role", "=", "consumer")
      .where("organization_role", "is", null)
      .executeTakeFirstOrThrow();
    expect(await previewRotation({ context: max(), accountId: unknown.id })).toMatchObject({
      plan: { role: null },
      roles: ["analyst", "consumer"],
    });
    expect(await failureOf(rotate(stage, unknown.id))).toMatchObject({ code: "bad_request" });
    const input = { accountId: unknown.id, role: "analyst" as const, campaignId: null };
    const { rotation } = await startRotation({ context: max(), input, idempotencyKey: stage.newKey() });
    expect((await getRotation({ context: max(), rotationId: rotation.id })).plan.role).toBe("analyst");
  });
});

describe("what can go wrong on the way", () => {
  it("stays at the issue when Mixpanel refuses, says why, and goes on from there", async () => {
    const old = await makeAccount(stage, "export");
    await stage.control.fault({
      method: "POST",
      times: 1,
      fault: { kind: "status", status: 400, body: { error: "no" } },
    });
    const answer = await rotate(stage, old.id);
    expect(answer).toMatchObject({
      created: null,
      failure: { code: "upstream_refused" },
      rotation: { phase: "issue" },
    });
    expect(answer.rotation.problem).toMatch(/^export-2026-11 was not created/);
    const next = await issueRotation({ context: max(), rotationId: answer.rotation.id });
    expect(next).toMatchObject({ failure: null, rotation: { phase: "hand_over" } });
    await expectPromisesKept(stage, 2);
  });

  it("deletes what a lost answer left behind before it issues again", async () => {
    const old = await makeAccount(stage, "export");
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "reset-after-commit" } });
    const answer = await rotate(stage, old.id);
    expect(answer).toMatchObject({ created: null, failure: { code: "outcome_unknown" } });
    const next = await issueRotation({ context: max(), rotationId: answer.rotation.id });
    expect(next.rotation.phase).toBe("hand_over");
    expect(await ledger()).toEqual([
      "POST service-accounts",
      "POST service-accounts",
      expect.stringMatching(/^DELETE/),
      "POST service-accounts",
    ]);
    await expectPromisesKept(stage, 4);
  });

  it("gives the replacement what it misses with one click", async () => {
    const old = await makeAccount(stage, "export");
    const answer = await rotate(stage, old.id);
    const [project] = answer.created?.memberships ?? [];
    const input = { accountIds: [answer.created?.account.id ?? 0], projectIds: [project?.projectId ?? 0] };
    await removeMemberships({ context: max(), input, idempotencyKey: stage.newKey() });
    const before = await getRotation({ context: max(), rotationId: answer.rotation.id });
    expect(before.missing.map(({ id, role }) => [id, role])).toEqual([[project?.projectId, project?.role]]);
    const { results } = await finishMemberships({ context: max(), rotationId: answer.rotation.id });
    expect(results.map(({ outcome }) => outcome)).toEqual(["done"]);
    expect((await getRotation({ context: max(), rotationId: answer.rotation.id })).missing).toEqual([]);
  });

  it("issues another one when the secret was lost, and asks for the name where it may be in use", async () => {
    const old = await makeAccount(stage, "export");
    const answer = await rotate(stage, old.id);
    const again = await reissueReplacement({
      context: max(),
      rotationId: answer.rotation.id,
      input: { confirmation: "" },
    });
    expect(again.rotation).toMatchObject({ phase: "hand_over" });
    expect(await signInWith(stage, issuedOf(answer))).toBe(401);
    expect(await signInWith(stage, issuedOf(again))).toBe(200);
    const used = reissueReplacement({ context: max(), rotationId: answer.rotation.id, input: { confirmation: "" } });
    expect(await failureOf(used)).toMatchObject({ code: "confirmation_mismatch" });
    await expectPromisesKept(stage, 4);
  });

  it("goes on when somebody deleted the predecessor elsewhere", async () => {
    const { old, rotationId } = await overlapping(stage);
    await deleteServiceAccounts({
      context: max(),
      input: { accountIds: [old.id], confirmation: "export" },
      idempotencyKey: stage.newKey(),
    });
    expect((await finish(rotationId)).rotation.outcome).toBe("predecessor_deleted");
  });
});

it("lists what should begin, what is open and what has ended", async () => {
  const soon = await makeAccount(stage, "soon", { expiresInDays: 1 });
  await makeAccount(stage, "less-soon", { expiresInDays: 20 });
  const { rotationId } = await overlapping(stage);
  const list = await listRotations({ context: max() });
  expect(list.open.map(({ id }) => id)).toEqual([rotationId]);
  expect(list.due.map(({ accountId }) => accountId)).toContain(soon.id);
  expect([list.due.length, list.dueCount]).toEqual([10, 11]);
  expect(list.due.filter(({ expiresAt }) => expiresAt <= stage.now().toISOString())).toEqual([]);
  await finish(rotationId, "export");
  expect((await listRotations({ context: max() })).ended.map(({ id }) => id)).toEqual([rotationId]);
});
