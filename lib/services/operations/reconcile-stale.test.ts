import { afterEach, beforeEach, expect, it } from "vitest";
import { assignMemberships } from "@/lib/services/memberships/assign";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { reconcileStale } from "./reconcile-stale";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

it("reads back a membership change whose process died before it could", async () => {
  const { account } = await createServiceAccount({
    context: stage.as(manager),
    input: { name: "member", purpose: "", role: "consumer", expiresAt: null, neverReason: "a test", projects: [] },
    idempotencyKey: stage.newKey(),
  });
  const { id: projectId } = await stage.database.selectFrom("projects").select("id").executeTakeFirstOrThrow();
  const crashPoint = (point: string) => {
    if (point === "after_outcome") throw new Error("died");
  };
  await assignMemberships({
    context: stage.as(manager, { crashPoint }),
    input: { accountIds: [account.id], projects: [{ id: projectId, role: "analyst" }] },
    idempotencyKey: stage.newKey(),
  });
  const held = () =>
    stage.database.selectFrom("memberships").select("role").where("account_id", "=", account.id).execute();
  const round = () => reconcileStale({ ...stage.app, organization: stage.organization });
  await round();
  expect(await held()).toEqual([]);
  await stage.advance(61);
  await round();
  expect(await held()).toEqual([{ role: "analyst" }]);
  const { counts } = await stage.control.requests();
  await stage.advance(61);
  await round();
  expect((await stage.control.requests()).counts).toEqual(counts);
  await expectPromisesKept(stage, 2);
});
