import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bulkDeleteConfirmation, type DeleteInput } from "@/lib/domain/change";
import { getOperation } from "@/lib/services/operations/get-operation";
import { reconcileOperation } from "@/lib/services/operations/reconcile-operation";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Person, type Stage, viewer } from "@/lib/services/testing/stage";
import { createServiceAccount } from "./create";
import { deleteServiceAccounts } from "./delete";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ KEYWARDEN_DELETIONS_PER_HOUR: "3" });
});
afterEach(() => stage.close());

const remove = (input: DeleteInput, person: Person = manager, key = stage.newKey()) =>
  deleteServiceAccounts({ context: stage.as(person), input, idempotencyKey: key });
const one = (id: number, confirmation = "") => ({ accountIds: [id], confirmation });
const several = (accountIds: number[]) => ({ accountIds, confirmation: bulkDeleteConfirmation(accountIds.length) });
const exists = async (id: number) =>
  (await stage.database.selectFrom("service_accounts").select("id").where("id", "=", id).execute()).length === 1;
const deletions = async () => (await stage.control.ledger()).filter(({ method }) => method === "DELETE").length;

/** New accounts, never used and in no project. */
async function newAccounts(count: number): Promise<number[]> {
  const ids: number[] = [];
  for (let number = 1; number <= count; number++) {
    const input = { purpose: "", role: "consumer", expiresAt: null, neverReason: "a test", projects: [] } as const;
    const { account } = await createServiceAccount({
      context: stage.as(administrator),
      input: { ...input, name: `made-${number}`, projects: [] },
      idempotencyKey: stage.newKey(),
    });
    ids.push(account.id);
  }
  return ids;
}

describe("deleting", () => {
  it("deletes one account and everything stored of it, once per key", async () => {
    const [id = 0] = await newAccounts(1);
    const key = stage.newKey();
    const answer = await remove(one(id), manager, key);
    expect(answer.results).toMatchObject([{ outcome: "done", accountId: id, accountName: "made-1", error: null }]);
    expect(await exists(id)).toBe(false);
    expect(await remove(one(id), manager, key)).toEqual(answer);
    expect(await deletions()).toBe(1);
    await expectPromisesKept(stage, 2);
  });

  it("asks for the name of an account used in the last 30 days, or the sentence for several", async () => {
    const used = await stage.database
      .selectFrom("service_accounts")
      .select(["id", "name", "username"])
      .where("last_used_at", ">", "2026-11-01")
      .where("username", "!=", stage.organization.credentialUsername)
      .executeTakeFirstOrThrow();
    const mismatch = await failureOf(remove(one(used.id, "something else"), administrator));
    expect(mismatch).toMatchObject({
      code: "confirmation_mismatch",
      details: { fields: { confirmation: `Type "${used.name}" exactly.` } },
    });
    const ids = await newAccounts(2);
    expect(await failureOf(remove({ accountIds: ids, confirmation: "" }))).toMatchObject({
      code: "confirmation_mismatch",
    });
    expect(await deletions()).toBe(0);
    expect((await remove(one(used.id, used.username), administrator)).results).toMatchObject([{ outcome: "done" }]);
    const bulk = await remove(several(ids));
    expect(bulk.results.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
    await expectPromisesKept(stage, 5);
  });

  it("lets an account unused for longer go without its name", async () => {
    const unused = await stage.database
      .selectFrom("service_accounts")
      .select("id")
      .where("last_used_at", "<", "2026-10-01")
      .executeTakeFirstOrThrow();
    expect((await remove(one(unused.id), administrator)).results).toMatchObject([{ outcome: "done" }]);
  });

  it("protects the console's own credential, alone and in bulk: 409, nothing sent", async () => {
    const own = await stage.database
      .selectFrom("service_accounts")
      .select("id")
      .where("username", "=", stage.organization.credentialUsername)
      .executeTakeFirstOrThrow();
    const [id = 0] = await newAccounts(1);
    for (const input of [one(own.id), several([id, own.id])]) {
      expect(await failureOf(remove(input, administrator))).toMatchObject({ code: "own_credential", status: 409 });
    }
    expect(await deletions()).toBe(0);
    expect(await exists(id)).toBe(true);
  });

  it("wants a fresh sign-in for several", async () => {
    const ids = await newAccounts(2);
    const stale = { ...manager, authenticatedAt: new Date(stage.now().getTime() - 3_600_000) };
    expect(await failureOf(remove(several(ids), stale))).toMatchObject({ code: "fresh_sign_in_required" });
    expect(await deletions()).toBe(0);
    expect((await remove(one(ids[0] ?? 0), stale)).results).toMatchObject([{ outcome: "done" }]);
  });

  it("counts an operator's deletions of an hour, refuses the whole request above the limit, and says when it fits", async () => {
    const ids = await newAccounts(6);
    await remove(several(ids.slice(0, 2)));
    await stage.advance(60);
    const refused = await failureOf(remove(several(ids.slice(2, 4))));
    expect(refused).toMatchObject({ code: "deletion_limit_reached", details: { retryAt: "2026-11-23T13:00:00.000Z" } });
    expect(refused.details.reason).toBe(
      "1 of 3 deletions are left within this hour, and 2 were asked for. Nothing was deleted.",
    );
    expect((await failureOf(remove(several(ids.slice(2)), manager))).details.retryAt).toBeUndefined();
    expect(await deletions()).toBe(2);
    await remove(one(ids[2] ?? 0));
    expect(await failureOf(remove(one(ids[3] ?? 0)))).toMatchObject({ code: "deletion_limit_reached" });
    await remove(one(ids[3] ?? 0), { ...manager, name: "Mia" });
    await stage.advance(3_600);
    expect((await remove(one(ids[4] ?? 0))).results).toMatchObject([{ outcome: "done" }]);
    await expectPromisesKept(stage, 11);
  });

  it("refuses viewers, and managers where the account holds more than they may touch", async () => {
    const [id = 0] = await newAccounts(1);
    expect(await failureOf(remove(one(id), viewer))).toMatchObject({ code: "not_permitted" });
    const input = { purpose: "", role: "admin", expiresAt: null, neverReason: "a test", projects: [] } as const;
    const request = { context: stage.as(administrator), idempotencyKey: stage.newKey() };
    const strong = await createServiceAccount({ ...request, input: { ...input, name: "strong", projects: [] } });
    // Mixpanel does not tell an organization role; Keywarden knows the one it gave.
    await stage.database
      .updateTable("service_accounts")
      .set({ highest_role: null })
      .where("name", "=", "strong")
      .execute();
    const error = await failureOf(remove(one(strong.account.id)));
    expect(error).toMatchObject({
      code: "role_above_ceiling",
      details: { reason: expect.stringContaining("strong holds admin") },
    });
    const mixed = await remove(several([id, strong.account.id]));
    expect(mixed.results.map(({ accountName, outcome }) => [accountName, outcome])).toEqual([
      ["made-1", "done"],
      ["strong", "skipped"],
    ]);
    await expectPromisesKept(stage, 3);
  });

  it("counts an account that is absent already as done", async () => {
    const [id = 0] = await newAccounts(1);
    await fetch(
      `${stage.simulator.url}/api/app/organizations/${stage.simulator.organizationId}/service-accounts/${id}`,
      {
        method: "DELETE",
        headers: {
          authorization: `Basic ${btoa(`${stage.simulator.owner.username}:${stage.simulator.owner.secret}`)}`,
        },
      },
    );
    const answer = await remove(one(id));
    expect(answer.results).toMatchObject([{ outcome: "done", message: "It was already absent at Mixpanel." }]);
    const view = await getOperation({ context: stage.as(manager), operationId: answer.results[0]?.operationId ?? "" });
    expect(view.known).toBe("made-1 was deleted. It was already absent at Mixpanel.");
    expect(await exists(id)).toBe(false);
    expect((await remove(one(id))).results).toMatchObject([{ outcome: "already", error: null }]);
    await expectPromisesKept(stage, 2);
  });

  it("settles a lost answer by reading: gone is done", async () => {
    const [id = 0] = await newAccounts(1);
    await stage.control.fault({ method: "DELETE", times: 1, fault: { kind: "reset-after-commit" } });
    const key = stage.newKey();
    const answer = await remove(one(id), manager, key);
    expect(answer.results).toMatchObject([{ outcome: "done" }]);
    expect(await remove(one(id), manager, key)).toEqual(answer);
    expect(await exists(id)).toBe(false);
    await expectPromisesKept(stage, 2);
  });

  it.each([
    ["a reset", { kind: "reset-before" }],
    ["a 500", { kind: "status", status: 500 }],
    ["a page", { kind: "html", status: 502 }],
  ] as const)("tries once more after %s, for a reading shows it still there", async (_, fault) => {
    const [id = 0] = await newAccounts(1);
    await stage.control.fault({ method: "DELETE", times: 1, fault });
    const key = stage.newKey();
    const answer = await remove(one(id), manager, key);
    expect(answer.results).toMatchObject([{ outcome: "done" }]);
    expect(await remove(one(id), manager, key)).toEqual(answer);
    const operations = await stage.database
      .selectFrom("operations")
      .select(["state", "outcome"])
      .where("kind", "=", "delete")
      .orderBy("prepared_at")
      .execute();
    expect(operations.map(({ state, outcome }) => outcome ?? state).toSorted()).toEqual([
      "did_not_happen",
      "succeeded",
    ]);
    await expectPromisesKept(stage, 2);
  });

  it("tries no more than once more", async () => {
    const [id = 0] = await newAccounts(1);
    await stage.control.fault({ method: "DELETE", fault: { kind: "status", status: 500 } });
    const answer = await remove(one(id));
    expect(answer.results).toMatchObject([{ outcome: "failed", accountId: id }]);
    const { counts } = await stage.control.requests();
    expect(Object.entries(counts).find(([request]) => request.startsWith("DELETE"))?.[1]).toBe(2);
    const view = await getOperation({ context: stage.as(manager), operationId: answer.results[0]?.operationId ?? "" });
    expect(view).toMatchObject({ outcome: "did_not_happen", nextStep: "retry", input: { accountIds: [id] } });
    await expectPromisesKept(stage, 1);
  });

  it("stays in doubt while nothing can be read, and is settled later", async () => {
    const [id = 0] = await newAccounts(1);
    await stage.control.fault({ method: "DELETE", times: 1, fault: { kind: "reset-after-commit" } });
    await stage.control.fault({ method: "GET", fault: { kind: "html", status: 200 } });
    const answer = await remove(one(id));
    expect(answer.results).toMatchObject([{ outcome: "unknown", error: { code: "outcome_unknown" } }]);
    const operationId = answer.results[0]?.operationId ?? "";
    expect(await failureOf(reconcileOperation({ context: stage.as(manager), operationId }))).toMatchObject({
      code: "upstream_unexpected_answer",
    });
    const before = await getOperation({ context: stage.as(manager), operationId });
    expect(before.known).toContain("whether made-1 was deleted is not known yet. Do not repeat it: check first.");
    await stage.control.clearFaults();
    await stage.advance(40);
    expect(await reconcileOperation({ context: stage.as(manager), operationId })).toMatchObject({
      outcome: "happened",
    });
    await expectPromisesKept(stage, 2);
  });

  it("tells Mixpanel's refusal as it is", async () => {
    const [id = 0] = await newAccounts(1);
    await stage.control.fault({
      method: "DELETE",
      times: 1,
      fault: { kind: "status", status: 403, body: { status: "error", error: "not yours" } },
    });
    const answer = await remove(one(id));
    expect(answer.results).toMatchObject([
      { outcome: "failed", error: { code: "upstream_not_permitted", reason: "not yours" } },
    ]);
    await expectPromisesKept(stage, 1);
  });
});
