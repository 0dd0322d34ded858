import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "@/lib/db/in-transaction";
import { deleteOrganization } from "@/lib/db/organizations";
import { savePolicy } from "@/lib/db/policies";
import { annotationSchema } from "@/lib/domain/annotation";
import { accountQuerySchema } from "@/lib/domain/list-query";
import { defaultPolicy } from "@/lib/domain/policy";
import { removeAccountRows } from "@/lib/services/inventory/reread";
import { getServiceAccount } from "@/lib/services/service-accounts/get-service-account";
import { listServiceAccounts } from "@/lib/services/service-accounts/list-service-accounts";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { annotateServiceAccount } from "./annotate";
import { annotateServiceAccounts } from "./annotate-many";

let stage: Stage;
let ids: number[];
beforeAll(async () => {
  stage = await openStage();
  const rows = await stage.database.selectFrom("service_accounts").select("id").orderBy("id").execute();
  ids = rows.map(({ id }) => id);
});
afterAll(() => stage.close());

const note = (more: object) => annotationSchema.parse(more);
const annotate = (accountId: number, more: object, seen: string | null, person = manager, key = stage.newKey()) =>
  annotateServiceAccount({
    context: stage.as(person),
    accountId,
    input: { annotation: note(more), seen },
    idempotencyKey: key,
  });
const events = () =>
  stage.database
    .selectFrom("audit_events")
    .select(["target_id", "actor_name", "detail"])
    .where("action", "=", "service_account.annotate")
    .orderBy("sequence")
    .execute();

describe("annotating one account", () => {
  it("records it, with an event that says what changed, and moves the date by which its rotation must start", async () => {
    const accountId = ids[0] ?? 0;
    const before = await getServiceAccount(stage.as(viewer), accountId);
    expect(before.rotation).toEqual({ leadTimeDays: 14, overlapDays: 7, fromPolicy: true });
    const view = await annotate(accountId, { owner: "Ada", tags: ["b", "a", "b"], leadTimeDays: 30, notes: "x" }, null);
    expect(view).toMatchObject({ owner: "Ada", tags: ["a", "b"], leadTimeDays: 30, updatedBy: "Max" });
    const { account, annotation, rotation } = await getServiceAccount(stage.as(viewer), accountId);
    expect(annotation).toEqual(view);
    expect(account).toMatchObject({ owner: "Ada", tags: ["a", "b"] });
    expect(rotation).toEqual({ leadTimeDays: 30, overlapDays: 7, fromPolicy: false });
    const days = (Date.parse(account.expiresAt ?? "") - Date.parse(account.rotateBy ?? "")) / 86_400_000;
    if (account.expiresAt !== null) expect(days).toBe(37);
    const [event] = await events();
    expect(event).toMatchObject({ target_id: String(accountId), actor_name: "Max" });
    expect(JSON.parse(event?.detail ?? "")).toEqual({
      owner: "nothing → Ada",
      tags: "nothing → a b",
      leadTimeDays: "nothing → 30",
      notes: "changed",
    });
    await expectPromisesKept(stage, 0);
  });

  it("does not write over what the writer has not seen, even within one millisecond", async () => {
    const accountId = ids[1] ?? 0;
    const first = await annotate(accountId, { owner: "Ada" }, null);
    const late = await failureOf(annotate(accountId, { owner: "Bob" }, null, administrator));
    expect(late).toMatchObject({ code: "changed_meanwhile" });
    expect(late.details.reason).toContain("Max");
    const second = await annotate(accountId, { owner: "Bob" }, first.updatedAt, administrator);
    expect(second.updatedAt).not.toBe(first.updatedAt);
    await expect(annotate(accountId, { owner: "Cid" }, first.updatedAt)).rejects.toMatchObject({
      code: "changed_meanwhile",
    });
  });

  it("is one change under one key, however often it is sent", async () => {
    const [accountId = 0, key] = [ids[2], stage.newKey()];
    const count = (await events()).length;
    const one = await annotate(accountId, { owner: "Ada" }, null, manager, key);
    expect(await annotate(accountId, { owner: "Ada" }, null, manager, key)).toEqual(one);
    expect(await events()).toHaveLength(count + 1);
    await expect(annotate(accountId, { owner: "Bob" }, null, manager, key)).rejects.toMatchObject({
      code: "idempotency_conflict",
    });
  });

  it("is refused to viewers and for accounts that are not there; text that no database takes is made storable", async () => {
    await expect(annotate(ids[3] ?? 0, {}, null, viewer)).rejects.toMatchObject({ code: "not_permitted" });
    await expect(annotate(999_999_999, {}, null)).rejects.toMatchObject({ code: "not_found" });
    expect(await annotate(ids[3] ?? 0, { owner: "a\0b\ud800" }, null)).toMatchObject({ owner: "a\ufffdb\ufffd" });
  });
});

describe("annotating many accounts", () => {
  const many = (input: object, person = manager, key = stage.newKey()) =>
    annotateServiceAccounts({
      context: stage.as(person),
      input: { accountIds: ids.slice(5, 8), set: {}, addTags: [], removeTags: [], ...input },
      idempotencyKey: key,
    });

  it("sets what is chosen, adds and takes away tags, and leaves the rest", async () => {
    await annotate(ids[5] ?? 0, { purpose: "kept", tags: ["old", "stays"] }, null);
    const key = stage.newKey();
    const wanted = { set: { owner: "Data", ownerKind: "team" as const }, addTags: ["new"], removeTags: ["old"] };
    const accountIds = [...ids.slice(5, 8), 999_999_999];
    const answer = await many({ ...wanted, accountIds }, manager, key);
    expect(answer).toEqual({ changed: 3, unchanged: 0, missing: 1 });
    expect(await many({ ...wanted, accountIds }, manager, key)).toEqual(answer);
    expect(await many(wanted)).toEqual({ changed: 0, unchanged: 3, missing: 0 });
    const { annotation } = await getServiceAccount(stage.as(viewer), ids[5] ?? 0);
    expect(annotation).toMatchObject({ owner: "Data", ownerKind: "team", purpose: "kept", tags: ["new", "stays"] });
    const found = await listServiceAccounts(stage.as(viewer), accountQuerySchema.parse({ owner: "Data", tag: "new" }));
    expect(found.rows.map(({ id }) => id).sort()).toEqual(ids.slice(5, 8));
  });

  it("changes none where one cannot be changed", async () => {
    const tags = (from: number) => Array.from({ length: 12 }, (_, index) => `t${from + index}`);
    await annotate(ids[9] ?? 0, { tags: tags(0) }, null);
    const count = (await events()).length;
    const failure = await failureOf(many({ accountIds: [ids[8] ?? 0, ids[9] ?? 0], addTags: tags(50) }));
    expect(failure.details.fields?.addTags).toContain("At most 20 tags");
    expect(await events()).toHaveLength(count);
  });
});

it("stays when its account is gone, and goes with its organization", async () => {
  const accountId = ids[10] ?? 0;
  await annotate(accountId, { owner: "Ada" }, null);
  await inTransaction(stage.database, (transaction) =>
    removeAccountRows(transaction, stage.organization.key, [accountId]),
  );
  const owners = () =>
    stage.database.selectFrom("annotations").select("owner").where("account_id", "=", accountId).execute();
  expect(await owners()).toEqual([{ owner: "Ada" }]);
  await savePolicy(stage.database, stage.organization.key, defaultPolicy, { seen: 0, by: "Ada", at: "2026-11-23" });
  await deleteOrganization(stage.database, stage.organization.key);
  expect(await owners()).toEqual([]);
});
