import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WritableRole } from "@/lib/domain/role";
import type { OrganizationContext } from "@/lib/services/context";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { cancelRotation } from "./cancel";
import { finishRotation } from "./finish";
import { getRotation } from "./get";
import { handOverRotation } from "./hand-over";
import { issueRotation } from "./issue";
import { reissueReplacement } from "./reissue";
import { startRotation } from "./start";
import { refuseOnce } from "./testing/acting";
import { issued, sentIn } from "./testing/brought-to";
import { makeAccount, rotate, signInWith } from "./testing/consumer";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const plain = { confirmation: "" };
const start = (accountId: number, more: { role?: WritableRole; campaignId?: string } = {}, key = stage.newKey()) =>
  startRotation({ context: max(), input: { accountId, campaignId: null, ...more }, idempotencyKey: key });
const refuse = (method: "POST" | "DELETE") => refuseOnce(stage, method);

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
