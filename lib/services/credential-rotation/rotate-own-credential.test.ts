import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireLease } from "@/lib/db/leases";
import { type CrashPoint, crashPoints, type RotationCrashPoint, rotationCrashPoints } from "@/lib/domain/crash-point";
import { rotationInputSchema } from "@/lib/domain/organization-credential";
import { readMe } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { syncOrganization } from "@/lib/services/inventory/sync";
import { addOrganization } from "@/lib/services/organizations/add-organization";
import { viewCredential } from "@/lib/services/organizations/credential-view";
import { removeOrganization } from "@/lib/services/organizations/remove-organization";
import { replaceCredential } from "@/lib/services/organizations/replace-credential";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";
import { expectNoSecret } from "@/lib/services/testing/expect-no-secret";
import { failureOf } from "@/lib/services/testing/failure-of";
import { type Desk, openDesk } from "@/lib/services/testing/open-desk";
import { cancelRotation } from "./cancel-rotation";
import { rotateOwnCredential } from "./rotate-own-credential";

let desk: Desk;
let key: string;
beforeEach(async () => {
  desk = await openDesk();
  const input = owner();
  key = (await addOrganization({ context: desk.here.request(), input, idempotencyKey: desk.newKey() })).key;
  await syncOrganization(await desk.here.inside(key));
});
afterEach(() => desk.close());

const owner = () => desk.simulator.organizations[0]?.owner ?? expect.fail("no organization");
const rotate = (context: OrganizationContext, input: Record<string, unknown> = {}, idempotencyKey = desk.newKey()) =>
  rotateOwnCredential({ context, input: rotationInputSchema.parse({ rotationId: null, ...input }), idempotencyKey });
const cancel = (context: OrganizationContext, rotationId: string) => cancelRotation({ context, input: { rotationId } });
const view = async () => viewCredential({ context: await desk.here.inside(key) });
const openRotationId = async () => (await view()).rotation?.id ?? expect.fail("no rotation is open");
const ledger = async () => (await desk.control.ledger()).map(({ method }) => method);
const accounts = async () =>
  (await desk.database.selectFrom("service_accounts").select(["id", "username"]).execute()).map((row) => row.username);
const deletion = async (username: string, replica = desk.here) => {
  const rows = await desk.database.selectFrom("service_accounts").select(["id", "username"]).execute();
  const id = rows.find((row) => row.username === username)?.id ?? expect.fail(`${username} is not stored`);
  const input = { accountIds: [id], confirmation: username };
  return deleteServiceAccounts({ context: await replica.inside(key), input, idempotencyKey: desk.newKey() });
};
const steps = async () =>
  (
    await desk.database
      .selectFrom("audit_events")
      .select(["outcome", "detail"])
      .where("action", "=", "organization.rotate_credential")
      .orderBy("sequence")
      .execute()
  ).map(({ outcome, detail }) => `${JSON.parse(detail).step} ${outcome}`);

/** Nothing is open, what the console signs in with works, and the two sides of the rotation are as they should be. */
async function expectFinished(replacement: string): Promise<void> {
  expect(await view()).toMatchObject({ username: replacement, role: "owner", rotation: null });
  const { organization } = await desk.here.inside(key);
  expect((await readMe(organization.upstream)).value.email).toContain(replacement);
  const open = await desk.database
    .selectFrom("operations")
    .select("state")
    .where("state", "in", ["prepared", "sent", "unknown"])
    .execute();
  expect(open).toEqual([]);
  const kept = await desk.database.selectFrom("credential_rotations").select(["sealed", "ended_at"]).execute();
  for (const { sealed, ended_at } of kept) expect([sealed, ended_at === null]).toEqual([null, false]);
  expect(await desk.database.selectFrom("sealed_secrets").selectAll().execute()).toEqual([]);
  await expectNoSecret(desk);
}

describe("rotating the console's own credential", () => {
  it("issues, verifies and switches at once, and deletes the predecessor when every replica has switched", async () => {
    const started = await rotate(await desk.here.inside(key));
    const replacement = started.username;
    expect(replacement).toMatch(/^keywarden-2026-11-23\.[0-9a-f]{6}\.mp-service-account$/);
    expect(started).toMatchObject({
      role: "owner",
      account: { expiresAt: "2027-02-21T23:59:59.000Z" },
      rotation: {
        step: "delete",
        predecessorUsername: owner().username,
        predecessorListed: true,
        replacementUsername: replacement,
        deleteAfter: "2026-11-23T12:01:00.000Z",
      },
    });
    expect(await ledger()).toEqual(["POST"]);
    const rotationId = started.rotation?.id;
    expect((await rotate(await desk.here.inside(key), { rotationId })).rotation).toMatchObject({ step: "delete" });
    expect(await ledger()).toEqual(["POST"]);
    await desk.advance(60);
    expect(await rotate(await desk.here.inside(key), { rotationId })).toMatchObject({ rotation: null });
    expect(await ledger()).toEqual(["POST", "DELETE"]);
    expect(await accounts()).not.toContain(owner().username);
    expect(await steps()).toEqual([
      "start intended",
      "issue succeeded",
      "verify succeeded",
      "switch succeeded",
      "delete succeeded",
    ]);
    await expectFinished(replacement);
  });

  it("starts one rotation of repeats with one key, also after it has ended, and no second beside an open one", async () => {
    const repeat = desk.newKey();
    const other = await desk.another();
    const contexts = [await desk.here.inside(key), await other.inside(key), await desk.here.inside(key)];
    await Promise.allSettled(contexts.map((context) => rotate(context, {}, repeat)));
    const { rotation } = await rotate(await desk.here.inside(key), {}, repeat);
    expect(await ledger()).toEqual(["POST"]);
    const second = await failureOf(rotate(await desk.here.inside(key)));
    expect(second).toMatchObject({ code: "operation_in_progress" });
    expect(second.details.reason).toMatch(/^Ada has begun a rotation at 2026-11-23 12:00 UTC\./);
    await desk.advance(60);
    await rotate(await desk.here.inside(key), { rotationId: rotation?.id });
    await rotate(await desk.here.inside(key), {}, repeat);
    expect(await ledger()).toEqual(["POST", "DELETE"]);
  });

  it("lets two replicas see the switch, and protects both sides until the end", async () => {
    const other = await desk.another();
    await other.app.organizations.refresh();
    const { username: replacement, rotation } = await rotate(await desk.here.inside(key));
    const behind = (await other.inside(key)).organization;
    expect(behind.credentialUsername).toBe(owner().username);
    for (const username of [replacement, owner().username]) {
      for (const replica of [desk.here, other]) {
        expect(await failureOf(deletion(username, replica))).toMatchObject({ code: "own_credential" });
      }
    }
    await desk.advance(60);
    await rotate(await other.inside(key), { rotationId: rotation?.id });
    expect(behind.credentialUsername).toBe(replacement);
    expect((await readMe(behind.upstream)).value.email).toContain(replacement);
    expect(await failureOf(deletion(replacement, other))).toMatchObject({ code: "own_credential" });
    await expectFinished(replacement);
  });

  it("keeps the predecessor where it is asked to, and then lets it be deleted like any other", async () => {
    const { rotation, username } = await rotate(await desk.here.inside(key), { days: 30 });
    await rotate(await desk.here.inside(key), { rotationId: rotation?.id, keepPredecessor: true });
    expect(await ledger()).toEqual(["POST"]);
    await expectFinished(username);
    expect((await deletion(owner().username)).results).toMatchObject([{ outcome: "done" }]);
  });

  it("does not switch to a replacement that does not work, and goes on once it does", async () => {
    // The first /me belongs to the predecessor; the next is the replacement's.
    const rejected = { kind: "status", status: 401 } as const;
    await desk.control.fault({ path: "/me", times: 1, fault: { kind: "delay", ms: 0 } });
    await desk.control.fault({ path: "/me", times: 1, fault: rejected });
    const error = await failureOf(rotate(await desk.here.inside(key)));
    expect(error).toMatchObject({ code: "credential_refused" });
    expect(error.details.reason).toContain("Nothing was switched");
    expect(await view()).toMatchObject({ username: owner().username, rotation: { step: "verify" } });
    const { username } = await rotate(await desk.here.inside(key), { rotationId: await openRotationId() });
    expect(username).toContain("keywarden-2026-11-23.");
    expect(await ledger()).toEqual(["POST"]);
    expect(await steps()).toContain("verify failed");
  });

  it("cancels before the switch: the replacement is deleted, the credential was never touched", async () => {
    await desk.control.fault({ path: "/me", times: 1, fault: { kind: "delay", ms: 0 } });
    await desk.control.fault({ path: "/me", times: 1, fault: { kind: "status", status: 401 } });
    await failureOf(rotate(await desk.here.inside(key)));
    const id = await openRotationId();
    expect(await cancel(await desk.here.inside(key), id)).toMatchObject({ username: owner().username, rotation: null });
    await cancel(await desk.here.inside(key), id);
    expect(await ledger()).toEqual(["POST", "DELETE"]);
    await expectFinished(owner().username);
  });

  it("cannot be cancelled after the switch", async () => {
    const { rotation, username } = await rotate(await desk.here.inside(key));
    const error = await failureOf(cancel(await desk.here.inside(key), rotation?.id ?? ""));
    expect(error).toMatchObject({ code: "own_credential" });
    expect((await view()).username).toBe(username);
    expect(await ledger()).toEqual(["POST"]);
  });

  it("deletes what a lost answer left behind before it issues again", async () => {
    await desk.control.fault({ method: "POST", times: 1, fault: { kind: "reset-after-commit" } });
    const error = await failureOf(rotate(await desk.here.inside(key)));
    expect(error).toMatchObject({ code: "outcome_unknown" });
    await rotate(await desk.here.inside(key), { rotationId: await openRotationId() });
    expect(await ledger()).toEqual(["POST", "DELETE", "POST"]);
    const { username, rotation } = await view();
    await desk.advance(60);
    await rotate(await desk.here.inside(key), { rotationId: rotation?.id });
    expect(await ledger()).toEqual(["POST", "DELETE", "POST", "DELETE"]);
    await expectFinished(username);
  });

  it("says what Mixpanel refuses, and stays where it is", async () => {
    const fault = { kind: "status", status: 403, body: { status: "error", error: "not yours" } } as const;
    await desk.control.fault({ method: "POST", times: 1, fault });
    const error = await failureOf(rotate(await desk.here.inside(key)));
    expect(error).toMatchObject({ code: "upstream_not_permitted", details: { reason: "not yours" } });
    expect(await view()).toMatchObject({ rotation: { step: "issue", replacementUsername: null } });
    await cancel(await desk.here.inside(key), await openRotationId());
    expect(await ledger()).toEqual([]);
    await expectFinished(owner().username);
  });

  it("keeps replacing and removing away until it is over", async () => {
    const { rotation } = await rotate(await desk.here.inside(key));
    const { admin, name } = desk.simulator.organizations[0] ?? expect.fail();
    const context = await desk.here.inside(key);
    const replacing = replaceCredential({ context, input: admin, idempotencyKey: desk.newKey() });
    expect(await failureOf(replacing)).toMatchObject({ code: "operation_in_progress" });
    const removing = removeOrganization({ context, input: { confirmation: name } });
    expect(await failureOf(removing)).toMatchObject({ code: "operation_in_progress" });
    expect((await view()).rotation).toEqual(rotation);
  });

  it("wants an administrator with a fresh sign-in, and a rotation that exists", async () => {
    const tired = await desk.here.inside(key, { signedInMinutesAgo: 11 });
    expect(await failureOf(rotate(tired))).toMatchObject({ code: "fresh_sign_in_required" });
    expect(await failureOf(rotate(await desk.here.inside(key, { role: "manager" })))).toMatchObject({
      code: "not_permitted",
    });
    const wrong = rotate(await desk.here.inside(key), { rotationId: "none" });
    expect(await failureOf(wrong)).toMatchObject({ code: "not_found" });
    expect(await ledger()).toEqual([]);
  });

  it("counts against the deletions of an hour", async () => {
    await desk.close();
    desk = await openDesk({ KEYWARDEN_DELETIONS_PER_HOUR: "0" });
    const context = desk.here.request();
    key = (await addOrganization({ context, input: owner(), idempotencyKey: desk.newKey() })).key;
    const { rotation } = await rotate(await desk.here.inside(key));
    await desk.advance(60);
    const late = rotate(await desk.here.inside(key), { rotationId: rotation?.id });
    expect(await failureOf(late)).toMatchObject({ code: "deletion_limit_reached" });
    expect(await ledger()).toEqual(["POST"]);
  });
});

class Crash extends Error {}
type Point = CrashPoint | RotationCrashPoint;
/** As if the process died when it reached the point for the n-th time. */
function dyingAt(point: Point, time = 1) {
  let left = time;
  const reach = async (reached: Point) => {
    if (reached !== point) return;
    left -= 1;
    if (left > 0) return;
    if (point === "in_flight") await new Promise((resolve) => setTimeout(resolve, 100));
    throw new Crash();
  };
  return { crashPoint: reach, rotationCrashPoint: reach };
}
const settle = (call: Promise<unknown>) => call.catch(() => undefined);

/** Continues as an operator would, once a minute, in a process that came up after the crash. */
async function goOn(end: (id: string) => Promise<unknown>): Promise<void> {
  const replica = await desk.another();
  for (let minute = 0; minute < 8; minute++) {
    await desk.advance(130);
    const { rotation } = await viewCredential({ context: await replica.inside(key) });
    if (!rotation) return;
    await settle(end(rotation.id));
  }
}
const goOnRotating = async () => {
  const replica = await desk.another();
  await goOn(async (rotationId) => rotate(await replica.inside(key), { rotationId }));
};

describe("a rotation whose process dies", () => {
  const ofCreate = crashPoints.filter((point) => point !== "after_reread");
  const points: [Point, number][] = [
    ...ofCreate.map((point): [Point, number] => [point, 1]),
    ...rotationCrashPoints
      .filter((point) => point !== "rotation_cancelling" && point !== "rotation_deleted")
      .map((point): [Point, number] => [point, 1]),
  ];

  it.each(points)("at %s ends with one replacement in use and the predecessor gone", async (point, time) => {
    await settle(rotate(await desk.here.inside(key, dyingAt(point, time))));
    await goOnRotating();
    await desk.here.app.organizations.refresh(0);
    const { username } = await view();
    expect(username).not.toBe(owner().username);
    const methods = await ledger();
    // What was issued and lost is deleted again: in the end one account more and one less than before.
    expect(methods.filter((method) => method === "POST").length).toBe(
      methods.filter((method) => method === "DELETE").length,
    );
    await syncOrganization(await desk.here.inside(key));
    const now = await accounts();
    expect(now.filter((each) => each.startsWith("keywarden"))).toEqual([username]);
    await expectFinished(username);
  });

  it.each([
    "before_prepared",
    "after_prepared",
    "after_sent",
    "in_flight",
    "after_answer",
    "after_outcome",
    "rotation_deleted",
  ] as const)("at %s of the deletion never deletes twice, and ends", async (point) => {
    const { username, rotation } = await rotate(await desk.here.inside(key));
    await desk.advance(60);
    await settle(rotate(await desk.here.inside(key, dyingAt(point)), { rotationId: rotation?.id }));
    await goOnRotating();
    expect(await ledger()).toEqual(["POST", "DELETE"]);
    // Asked again only where the first attempt is known to have done nothing.
    const asked = await desk.database.selectFrom("operations").select("id").where("kind", "=", "delete").execute();
    expect(asked).toHaveLength(point === "after_prepared" || point === "after_sent" ? 2 : 1);
    await expectFinished(username);
  });

  it.each([
    "rotation_cancelling",
    "after_prepared",
    "after_sent",
    "in_flight",
    "after_answer",
    "after_outcome",
  ] as const)("at %s of a cancel only goes on cancelling", async (point) => {
    await settle(rotate(await desk.here.inside(key, dyingAt("rotation_verified"))));
    await desk.advance(130);
    const id = await openRotationId();
    await settle(cancel(await desk.here.inside(key, dyingAt(point)), id));
    await desk.advance(130);
    const onward = rotate(await desk.here.inside(key), { rotationId: id });
    expect(await failureOf(onward)).toMatchObject({ code: "operation_in_progress" });
    const replica = await desk.another();
    await goOn(async (rotationId) => cancel(await replica.inside(key), rotationId));
    expect(await ledger()).toEqual(["POST", "DELETE"]);
    await expectFinished(owner().username);
  });

  it("is taken over two minutes later, when nobody can be at it any more", async () => {
    await settle(rotate(await desk.here.inside(key, dyingAt("rotation_issued"))));
    const rotationId = await openRotationId();
    const now = desk.now();
    const term = { now: now.toISOString(), expiresAt: new Date(now.getTime() + 120_000).toISOString() };
    await acquireLease(desk.database, { name: `rotation:${key}`, holder: "the process that died", ...term });
    await desk.advance(119);
    const early = rotate(await desk.here.inside(key), { rotationId });
    expect(await failureOf(early)).toMatchObject({ code: "operation_in_progress" });
    await desk.advance(1);
    expect((await rotate(await desk.here.inside(key), { rotationId })).rotation).toMatchObject({ step: "delete" });
  });
});
