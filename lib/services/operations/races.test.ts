import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { getStoredOperation, listOperationsInState, moveOperation } from "@/lib/db/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { assignMemberships } from "@/lib/services/memberships/assign";
import { trySecret } from "@/lib/services/secrets/try-secret";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { listUnfinished } from "./list-unfinished";
import { reconcileOperation } from "./reconcile-operation";
import { sweepStale } from "./sweep-stale";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const input = { purpose: "", role: "consumer", expiresAt: null, neverReason: "a test" } as const;
const create = (context: OrganizationContext = stage.as(manager), key = stage.newKey(), name = "racer") =>
  createServiceAccount({ context, input: { ...input, name, projects: [] }, idempotencyKey: key });
const inState = (state: "prepared" | "sent" | "unknown" | "succeeded") =>
  listOperationsInState(stage.database, stage.organization.key, [state]);
const firstProject = async () =>
  (await stage.database.selectFrom("projects").select("id").orderBy("id").executeTakeFirstOrThrow()).id;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const rename = (from: string, to: string) => stage.database.schema.alterTable(from).renameTo(to).execute();

describe("an operation given up by another replica", () => {
  it("before it was sent is not sent any more", async () => {
    const context = stage.as(manager, {
      crashPoint: async (point) => {
        if (point !== "after_prepared") return;
        const [operation] = await inState("prepared");
        await moveOperation(stage.database, operation?.id ?? "", "prepared", "failed", { errorCode: "shutting_down" });
      },
    });
    expect(await failureOf(create(context))).toMatchObject({ code: "shutting_down" });
    expect(await stage.control.ledger()).toEqual([]);
  });

  it("while it ran keeps the other's word", async () => {
    const context = stage.as(manager, {
      crashPoint: async (point) => {
        if (point !== "after_answer") return;
        const [operation] = await inState("sent");
        await moveOperation(stage.database, operation?.id ?? "", "sent", "unknown", {});
      },
    });
    const error = await failureOf(create(context));
    expect(error).toMatchObject({ code: "outcome_unknown" });
    expect(error.details.reason).toBe("It was taken for abandoned while it ran.");
    const view = await reconcileOperation({ context: stage.as(manager), operationId: error.details.operationId ?? "" });
    expect(view).toMatchObject({ outcome: "secret_lost" });
  });

  it("counts as recorded when only the commit's own answer was lost", async () => {
    const projectId = await firstProject();
    const { account } = await create();
    const context = stage.as(manager, {
      crashPoint: async (point) => {
        if (point !== "after_answer") return;
        const [operation] = await inState("sent");
        await moveOperation(stage.database, operation?.id ?? "", "sent", "succeeded", {});
      },
    });
    const request = { accountIds: [account.id], projects: [{ id: projectId, role: "consumer" as const }] };
    const answer = await assignMemberships({ context, input: request, idempotencyKey: stage.newKey() });
    expect(answer.results).toMatchObject([{ outcome: "done", role: "consumer" }]);
  });

  it("is given up once, however many look", async () => {
    const dying = stage.as(manager, {
      crashPoint: (point) => {
        if (point === "after_sent") throw new Error("died");
      },
    });
    await create(dying).catch(() => undefined);
    const { operationId } = await create(stage.as(manager), stage.newKey(), "other");
    await stage.advance(61);
    const left = [
      ...(await inState("sent")),
      await getStoredOperation(stage.database, stage.organization.key, operationId),
    ];
    expect(await Promise.all([1, 2].map(() => sweepStale(stage.as(manager), left)))).toEqual(
      expect.arrayContaining([true, false]),
    );
    expect(await inState("unknown")).toHaveLength(1);
    await expectPromisesKept(stage, 1);
  });
});

describe("a stuck operation", () => {
  it("is given up and settled when an operator asks, and a repeat of its request hears the truth", async () => {
    const key = stage.newKey();
    const dying = stage.as(manager, {
      crashPoint: (point) => {
        if (point === "after_answer") throw new Error("died");
      },
    });
    await create(dying, key).catch(() => undefined);
    const [stuck] = await inState("sent");
    const operationId = stuck?.id ?? "";
    const look = () => reconcileOperation({ context: stage.as(manager), operationId });
    expect(await look()).toMatchObject({ state: "sent", nextStep: "none" });
    await stage.advance(61);
    expect((await listUnfinished({ context: stage.as(manager) })).operations).toMatchObject([
      { nextStep: "reconcile" },
    ]);
    const [first, second] = await Promise.all([look(), look()]);
    expect(first).toMatchObject({ state: "reconciled", outcome: "secret_lost" });
    expect(second).toEqual(first);
    expect(await failureOf(create(stage.as(manager), key))).toMatchObject({
      code: "outcome_unknown",
      details: { reason: expect.stringContaining("its secret was lost") },
    });
    const other = stage.newKey();
    await create(dying, other, "second").catch(() => undefined);
    await stage.advance(61);
    expect(await failureOf(create(stage.as(manager), other, "second"))).toMatchObject({
      code: "outcome_unknown",
      details: { reason: "Mixpanel's answer was not recorded within a minute." },
    });
    await expectPromisesKept(stage, 2);
  });

  it("is not mistaken for another that is in doubt at the same time", async () => {
    const projectId = await firstProject();
    const { account } = await create();
    await stage.control.fault({ method: "POST", fault: { kind: "reset-after-commit" } });
    await stage.control.fault({ method: "GET", fault: { kind: "html", status: 200 } });
    const one = await failureOf(create(stage.as(manager), stage.newKey(), "one"));
    await failureOf(create(stage.as(manager), stage.newKey(), "two"));
    await assignMemberships({
      context: stage.as(manager),
      input: { accountIds: [account.id], projects: [{ id: projectId, role: "consumer" }] },
      idempotencyKey: stage.newKey(),
    });
    await stage.control.clearFaults();
    const view = await reconcileOperation({ context: stage.as(manager), operationId: one.details.operationId ?? "" });
    expect(view).toMatchObject({ accountName: "one", outcome: "secret_lost" });
    expect(await inState("unknown")).toHaveLength(2);
    await expectPromisesKept(stage, 4);
  });

  it("is left alone while it runs", async () => {
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "delay", ms: 300 } });
    const running = create();
    await pause(150);
    const [operation] = await inState("sent");
    const view = await reconcileOperation({ context: stage.as(manager), operationId: operation?.id ?? "" });
    expect(view).toMatchObject({ state: "sent", nextStep: "none" });
    await running;
  });

  it("stays in doubt when what was read cannot be recorded", async () => {
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "reset-after-commit" } });
    await stage.control.fault({ method: "GET", times: 1, fault: { kind: "html", status: 200 } });
    const { details } = await failureOf(create());
    await rename("audit_events", "audit_events_away");
    const look = () => reconcileOperation({ context: stage.as(manager), operationId: details.operationId ?? "" });
    expect(await failureOf(look())).toMatchObject({ code: "read_only" });
    await rename("audit_events_away", "audit_events");
    expect(await look()).toMatchObject({ outcome: "secret_lost" });
    await expectPromisesKept(stage, 1);
  });
});

describe("a repeat", () => {
  it("is told when what the first did is gone, or its secret's view cannot be recorded", async () => {
    const key = stage.newKey();
    await create(stage.as(manager), key);
    await rename("audit_events", "audit_events_away");
    expect(await failureOf(create(stage.as(manager), key))).toMatchObject({ code: "read_only" });
    await rename("audit_events_away", "audit_events");
    await stage.database.deleteFrom("service_accounts").where("name", "=", "racer").execute();
    const again = await create(stage.as(manager), key);
    expect(again.account).toMatchObject({ name: "racer", highestRole: null, highestGrant: null, projectCount: 0 });
    await stage.database.deleteFrom("sealed_secrets").execute();
    await stage.database.deleteFrom("operations").execute();
    await expect(getStoredOperation(stage.database, stage.organization.key, again.operationId)).rejects.toThrow(
      "is gone",
    );
    expect(await failureOf(create(stage.as(manager), key))).toMatchObject({ code: "not_found" });
  });
});

describe("what is only half known", () => {
  it("is an account Keywarden has not read yet: it is not deleted", async () => {
    const { account } = await create();
    await stage.database.deleteFrom("service_accounts").where("id", "=", account.id).execute();
    const request = { accountIds: [account.id], confirmation: "" };
    const call = deleteServiceAccounts({ context: stage.as(manager), input: request, idempotencyKey: stage.newKey() });
    expect(await failureOf(call)).toMatchObject({
      code: "not_found",
      details: { reason: expect.stringContaining("Refresh") },
    });
    expect(await stage.control.ledger()).toHaveLength(1);
  });

  it("is a role that Mixpanel did not change although it said so", async () => {
    const projectId = await firstProject();
    const { account } = await create();
    const assign = (role: "consumer" | "analyst") =>
      assignMemberships({
        context: stage.as(manager),
        input: { accountIds: [account.id], projects: [{ id: projectId, role }] },
        idempotencyKey: stage.newKey(),
      });
    await assign("consumer");
    await stage.control.fault({
      method: "POST",
      times: 1,
      fault: { kind: "status", status: 200, body: { status: "ok" } },
    });
    expect((await assign("analyst")).results).toMatchObject([
      { outcome: "failed", role: "consumer", message: "Mixpanel shows consumer instead." },
    ]);
  });

  it("is two projects that are gone", async () => {
    const { account } = await create();
    const answer = await failureOf(
      assignMemberships({
        context: stage.as(manager),
        input: {
          accountIds: [account.id],
          projects: [
            { id: 1, role: "consumer" },
            { id: 2, role: "consumer" },
          ],
        },
        idempotencyKey: stage.newKey(),
      }),
    );
    expect(answer).toMatchObject({ code: "upstream_not_found", status: 404 });
  });

  it("is a trial whose outcome could not be recorded: what was found is still told", async () => {
    const { operationId } = await create();
    await stage.control.fault({ method: "GET", path: "/me", times: 1, fault: { kind: "delay", ms: 300 } });
    const trying = trySecret({ context: stage.as(manager), operationId });
    await pause(150);
    await rename("audit_events", "audit_events_away");
    expect(await trying).toMatchObject({ works: true });
    await rename("audit_events_away", "audit_events");
    await expectPromisesKept(stage, 1);
  });
});
