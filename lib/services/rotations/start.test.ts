import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WritableRole } from "@/lib/domain/role";
import { watchedDatabase } from "@/lib/services/notifications/testing/watched-database";
import { createCampaign } from "@/lib/services/rotation-campaigns/create";
import { closeCampaign } from "@/lib/services/rotation-campaigns/end";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { breakGlass } from "./break-glass";
import { previewRotation } from "./preview";
import { startRotation } from "./start";
import { sentIn, toldOf } from "./testing/brought-to";
import { makeAccount, rotate } from "./testing/consumer";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const max = () => stage.as(manager);
const start = (accountId: number, more: { role?: WritableRole; campaignId?: string } = {}, key = stage.newKey()) =>
  startRotation({ context: max(), input: { accountId, campaignId: null, ...more }, idempotencyKey: key });
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
