import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { saveAnnotation } from "@/lib/db/annotations";
import { annotationSchema } from "@/lib/domain/annotation";
import type { CampaignInput } from "@/lib/domain/rotation-view";
import { cancelRotation } from "@/lib/services/rotations/cancel";
import { finishRotation } from "@/lib/services/rotations/finish";
import { handOverRotation } from "@/lib/services/rotations/hand-over";
import { startRotation } from "@/lib/services/rotations/start";
import { issuedOf, makeAccount, rotate, signInWith } from "@/lib/services/rotations/testing/consumer";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { createCampaign } from "./create";
import { closeCampaign } from "./end";
import { getCampaign } from "./get";
import { listCampaignViews } from "./list";

const DAY = 86_400;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const create = (input: Partial<CampaignInput>, key = stage.newKey(), context = max()) =>
  createCampaign({
    context,
    input: { name: "Vendor X", dueOn: "2027-03-31", chosenBy: { kind: "search", search: "vendor-x" }, ...input },
    idempotencyKey: key,
  });
const chosen = (accountIds: number[]) => create({ chosenBy: { kind: "selection", accountIds } });
const campaignEvents = () =>
  stage.database.selectFrom("audit_events").select("detail").where("action", "=", "rotation.campaign").execute();

describe("creating a campaign", () => {
  it("writes down the accounts that match now, and changes none of them", async () => {
    await makeAccount(stage, "vendor-x-pull");
    await makeAccount(stage, "vendor-x-push");
    const before = (await stage.control.ledger()).length;
    const campaign = await create({});
    await makeAccount(stage, "vendor-x-late");
    expect(campaign).toMatchObject({
      name: "Vendor X",
      chosenBy: `Everything that matches "vendor-x"`,
      dueAt: "2027-03-31T23:59:59.000Z",
      startedBy: "Max",
      endedAt: null,
      done: 0,
    });
    const again = await getCampaign({ context: max(), campaignId: campaign.id });
    expect(again.members.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "vendor-x-pull waiting",
      "vendor-x-push waiting",
    ]);
    expect((await stage.control.ledger()).length).toBe(before + 1);
    expect(await campaignEvents()).toHaveLength(1);
  });

  it("takes accounts by a tag, and one by one without the console's own and without replacements just issued", async () => {
    const [tagged, other] = [await makeAccount(stage, "pull"), await makeAccount(stage, "push")];
    const subject = { organizationKey: stage.organization.key, accountId: tagged.id };
    const annotation = annotationSchema.parse({ tags: ["vendor-x"] });
    await saveAnnotation(stage.database, subject, annotation, { by: "Max", at: stage.now().toISOString() });
    const byTag = await create({ chosenBy: { kind: "tag", tag: "vendor-x" } });
    expect([byTag.chosenBy, byTag.members.map(({ accountId }) => accountId)]).toEqual([
      "Everything tagged vendor-x",
      [tagged.id],
    ]);

    const replacement = issuedOf(await rotate(stage, other.id));
    const own = await stage.database
      .selectFrom("service_accounts")
      .select("id")
      .where("username", "=", stage.organization.credentialUsername)
      .executeTakeFirstOrThrow();
    const byHand = await chosen([other.id, other.id, replacement.id, own.id]);
    expect([byHand.chosenBy, byHand.members.map(({ accountId }) => accountId)]).toEqual([
      "Chosen one by one",
      [other.id],
    ]);
  });

  it("happens once per key, and refuses the key for another intention", async () => {
    await makeAccount(stage, "vendor-x-pull");
    const key = stage.newKey();
    const [first, second] = [await create({}, key), await create({}, key)];
    expect(second.id).toBe(first.id);
    expect(await listCampaignViews(max())).toHaveLength(1);
    expect(await failureOf(create({ name: "Vendor Y" }, key))).toMatchObject({ code: "idempotency_conflict" });
  });

  it("refuses a day that is over, a choice of nobody or of too many, and whoever may only look", async () => {
    await makeAccount(stage, "vendor-x-pull");
    expect(await failureOf(create({ dueOn: "2026-11-22" }))).toMatchObject({
      code: "bad_request",
      details: { fields: { dueOn: "Choose a day that is still to come." } },
    });
    expect(await failureOf(create({ chosenBy: { kind: "tag", tag: "nobody" } }))).toMatchObject({
      details: { fields: { chosenBy: "No service account is chosen by this." } },
    });
    const account = await stage.database.selectFrom("service_accounts").selectAll().executeTakeFirstOrThrow();
    const many = Array.from({ length: 501 }, (_, index) => ({
      ...account,
      id: 9_000_000 + index,
      username: `crowd-${index}.00000a.mp-service-account`,
      name: `crowd-${index}`,
      search_text: `crowd-${index}`,
    }));
    for (let at = 0; at < many.length; at += 50) {
      await stage.database
        .insertInto("service_accounts")
        .values(many.slice(at, at + 50))
        .execute();
    }
    expect(await failureOf(create({ chosenBy: { kind: "search", search: "crowd" } }))).toMatchObject({
      details: { fields: { chosenBy: "501 are too many: at most 500." } },
    });
    expect(await failureOf(create({}, stage.newKey(), stage.as(viewer)))).toMatchObject({ code: "not_permitted" });
    expect([await listCampaignViews(max()), await campaignEvents()]).toEqual([[], []]);
  });
});

describe("the progress of a campaign", () => {
  it("counts what was replaced or is gone; what was cancelled is left out, what goes on is open", async () => {
    const names = ["waits", "open", "replaced", "cancelled", "deleted"] as const;
    const made = [];
    for (const name of names) made.push(await makeAccount(stage, name));
    const [, open, replaced, cancelled, deleted] = made;
    const { id } = await chosen(made.map((account) => account.id));
    const start = (accountId: number) =>
      startRotation({ context: max(), input: { accountId, campaignId: id }, idempotencyKey: stage.newKey() });
    await start(open!.id);
    const ended = await start(cancelled!.id);
    await cancelRotation({ context: max(), rotationId: ended.rotation.id });
    const answer = await start(replaced!.id);
    await handOverRotation({ context: max(), rotationId: answer.rotation.id });
    await stage.advance(60);
    await signInWith(stage, issuedOf(answer));
    await stage.sync();
    await stage.advance(30 * DAY);
    await stage.sync();
    await finishRotation({ context: max(), rotationId: answer.rotation.id, input: { confirmation: "" } });
    await deleteServiceAccounts({
      context: max(),
      input: { accountIds: [deleted!.id], confirmation: "" },
      idempotencyKey: stage.newKey(),
    });
    await stage.sync();
    const campaign = await getCampaign({ context: max(), campaignId: id });
    const told = campaign.members.map(({ name, state, phase }) => `${name}: ${state} ${phase}`).toSorted();
    expect(told).toEqual([
      "cancelled: left_out ended",
      "deleted: gone null",
      "open: open hand_over",
      "replaced: done ended",
      "waits: waiting null",
    ]);
    expect(campaign.done).toBe(2);
  });

  it("does not count a rotation that ended before the campaign began", async () => {
    const account = await makeAccount(stage, "again");
    const { rotation } = await rotate(stage, account.id);
    await cancelRotation({ context: max(), rotationId: rotation.id });
    await stage.advance(60);
    const { members } = await chosen([account.id]);
    expect(members).toMatchObject([{ state: "waiting", rotationId: null }]);
  });
});

describe("closing a campaign", () => {
  it("is done once, keeps what was reached, and lets open rotations go on", async () => {
    const account = await makeAccount(stage, "vendor-x-pull");
    const { id } = await create({});
    await rotate(stage, account.id);
    const closed = await closeCampaign({ context: max(), campaignId: id });
    expect(closed).toMatchObject({ endedBy: "Max", members: [{ state: "open", phase: "hand_over" }] });
    await stage.advance(60);
    expect((await closeCampaign({ context: max(), campaignId: id })).endedAt).toBe(closed.endedAt);
    expect((await campaignEvents()).map(({ detail }) => JSON.parse(detail).closed ?? false)).toEqual([false, true]);
    expect(await failureOf(closeCampaign({ context: stage.as(viewer), campaignId: id }))).toMatchObject({
      code: "not_permitted",
    });
    expect(await failureOf(closeCampaign({ context: max(), campaignId: "none" }))).toMatchObject({ code: "not_found" });
  });

  it("is still found when fifty others were opened after it", async () => {
    await makeAccount(stage, "vendor-x-pull");
    const { id } = await create({ dueOn: "2027-04-01" });
    for (let index = 0; index < 50; index++) {
      await stage.advance(1);
      await create({ name: `Later ${index}` });
    }
    expect(await getCampaign({ context: max(), campaignId: id })).toMatchObject({ id, name: "Vendor X" });
    expect(await listCampaignViews(max())).toHaveLength(50);
  });
});
