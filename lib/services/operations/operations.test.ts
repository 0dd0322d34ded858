import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { moveOperation, noteOperationResult } from "@/lib/db/operations";
import { operationViewSchema } from "@/lib/domain/change";
import { type OperatorRole, operatorRoles, withinCeiling } from "@/lib/domain/operator";
import { writableRoles } from "@/lib/domain/role";
import { assignMemberships } from "@/lib/services/memberships/assign";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Person, type Stage, viewer } from "@/lib/services/testing/stage";
import { getOperation } from "./get-operation";
import { listUnfinished } from "./list-unfinished";
import { reconcileOperation } from "./reconcile-operation";
import { reconcileStale } from "./reconcile-stale";
import { requireOperator } from "./require-operator";
import { waitForBatch } from "./wait-for-batch";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const input = { purpose: "", role: "consumer", expiresAt: null, neverReason: "a test" } as const;
const create = (name: string, person: Person = manager, key = stage.newKey()) =>
  createServiceAccount({ context: stage.as(person), input: { ...input, name, projects: [] }, idempotencyKey: key });
const firstProject = async () =>
  (await stage.database.selectFrom("projects").select("id").orderBy("id").executeTakeFirstOrThrow()).id;
const lose = (times = 1) => stage.control.fault({ method: "POST", times, fault: { kind: "reset-after-commit" } });
const unfinished = async (person = manager) => (await listUnfinished({ context: stage.as(person) })).operations;

describe("two operators on one account", () => {
  it("tells the second who is on it, and sends nothing for them", async () => {
    const { account } = await create("shared");
    const projectId = await firstProject();
    const before = (await stage.control.ledger()).length;
    const grant = (person: Person) =>
      assignMemberships({
        context: stage.as(person),
        input: { accountIds: [account.id], projects: [{ id: projectId, role: "consumer" }] },
        idempotencyKey: stage.newKey(),
      });
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "delay", ms: 400 } });
    const first = grant(manager);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [running] = await unfinished(administrator);
    expect(running).toMatchObject({ state: "sent", mine: false, nextStep: "none" });
    expect(running?.known).toContain("shared is being added to");
    for (const second of [
      grant(administrator),
      deleteServiceAccounts({
        context: stage.as(administrator),
        input: { accountIds: [account.id], confirmation: "" },
        idempotencyKey: stage.newKey(),
      }),
    ]) {
      const error = await failureOf(second);
      expect(error).toMatchObject({
        code: "operation_in_progress",
        status: 409,
        details: { operationId: running?.id },
      });
      expect(error.details.reason).toMatch(
        /^Max is changing shared since 12:00 UTC \(operation .+\)\. Nothing was sent\.$/,
      );
    }
    expect((await first).results).toMatchObject([{ outcome: "done" }]);
    expect((await grant(administrator)).results).toMatchObject([{ outcome: "already" }]);
    await expectPromisesKept(stage, before + 1);
  });

  it("makes a repeat wait for the first, and names the operation when that takes too long", async () => {
    const key = stage.newKey();
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "delay", ms: 400 } });
    const first = create("slow", manager, key);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [running] = await unfinished();
    const error = await failureOf(waitForBatch(stage.as(manager), running?.batchId ?? "", 0));
    expect(error).toMatchObject({ code: "operation_in_progress", details: { operationId: running?.id } });
    expect(await create("slow", manager, key)).toEqual(await first);
    await expectPromisesKept(stage, 1);
  });
});

describe("lost creates", () => {
  it("never takes another's account for its own: the rival of the same name, the older one, the one made elsewhere", async () => {
    await create("twin");
    await lose(2);
    await Promise.all([failureOf(create("twin")), failureOf(create("twin", administrator))]);
    const doubtful = (await unfinished()).filter(({ state }) => state === "unknown");
    expect(doubtful).toHaveLength(2);
    for (const { id } of doubtful) await reconcileOperation({ context: stage.as(manager), operationId: id });
    const named = (await unfinished()).filter(({ state }) => state === "unknown");
    expect(named.map(({ known }) => known)).toEqual(
      Array(2).fill(
        expect.stringMatching(/these service accounts fit: twin\.\w{6}\S+, twin\.\w{6}\S+\. Delete at Mixpanel/),
      ),
    );
    await stage.advance(20);
    await reconcileStale({ ...stage.app, organization: stage.organization });
    expect((await unfinished()).filter(({ state }) => state === "unknown")).toHaveLength(2);
    await expectPromisesKept(stage, 3);
  });

  it("tells two lost creates of one name apart when they are lost one after the other", async () => {
    await lose();
    const first = await failureOf(create("double"));
    expect(first.details.reason).toContain("its secret was lost");
    await lose();
    const again = await failureOf(create("double"));
    expect(again.details.reason).toContain("its secret was lost");
    const views = await unfinished();
    expect(new Set(views.map(({ accountId }) => accountId)).size).toBe(2);
    await expectPromisesKept(stage, 2);
  });

  it("leaves out what somebody else created at the same moment", async () => {
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "reset-before" } });
    const error = await failureOf(create("theirs"));
    const { admin, organizationId, url } = stage.simulator;
    await fetch(`${url}/api/app/organizations/${organizationId}/service-accounts`, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`${admin.username}:${admin.secret}`)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ username: "theirs", role: "consumer" }),
    });
    const look = () => reconcileOperation({ context: stage.as(manager), operationId: error.details.operationId ?? "" });
    await look();
    await stage.advance(10);
    expect(await look()).toMatchObject({ outcome: "did_not_happen" });
    await expectPromisesKept(stage, 1);
  });

  it("says so when the account has been deleted since", async () => {
    await lose();
    const error = await failureOf(create("brief"));
    const operationId = error.details.operationId ?? "";
    const { accountId } = await getOperation({ context: stage.as(manager), operationId });
    await deleteServiceAccounts({
      context: stage.as(manager),
      input: { accountIds: [accountId ?? 0], confirmation: "" },
      idempotencyKey: stage.newKey(),
    });
    const view = await getOperation({ context: stage.as(manager), operationId });
    expect(view).toMatchObject({ nextStep: "none", known: expect.stringContaining("It has been deleted since") });
    expect(view.input, "the form is filled in from it after the deletion").toMatchObject({ name: "brief" });
    await expectPromisesKept(stage, 2);
  });
});

describe("settling by reading", () => {
  it("goes round once at a time, sends no change, and leaves what cannot be read", async () => {
    const organization = { ...stage.app, organization: stage.organization };
    await reconcileStale(organization);
    await lose();
    await stage.control.fault({ method: "GET", fault: { kind: "html", status: 200 } });
    const error = await failureOf(create("later"));
    await Promise.all([reconcileStale(organization), reconcileStale(organization), reconcileStale(organization)]);
    expect(
      await stage.database.selectFrom("leases").select("token").where("name", "like", "reconcile:%").execute(),
    ).toEqual([{ token: 1 }]);
    expect((await unfinished())[0]).toMatchObject({ id: error.details.operationId, state: "unknown" });
    await stage.control.clearFaults();
    await stage.advance(11);
    await reconcileStale(organization);
    const [view] = await unfinished();
    expect(view).toMatchObject({ outcome: "secret_lost" });
    const events = await stage.database
      .selectFrom("audit_events")
      .select(["actor_name", "outcome"])
      .where("action", "=", "operation.reconcile")
      .execute();
    expect(events).toEqual([{ actor_name: "reconciler", outcome: "succeeded" }]);
    await expectPromisesKept(stage, 1);
  });

  it("is for people who may, and for operations that exist", async () => {
    expect(await failureOf(reconcileOperation({ context: stage.as(viewer), operationId: "x" }))).toMatchObject({
      code: "not_permitted",
    });
    expect(await failureOf(reconcileOperation({ context: stage.as(manager), operationId: "x" }))).toMatchObject({
      code: "not_found",
    });
    expect(await failureOf(getOperation({ context: stage.as(viewer), operationId: "x" }))).toMatchObject({
      code: "not_found",
    });
    const system = { ...stage.as(manager), actor: { kind: "system", name: "a job" } as const };
    expect(() => requireOperator(system, "account:create")).toThrow(expect.objectContaining({ code: "not_permitted" }));
  });

  it("is told by the page of everything, unfinished first, as its schema says", async () => {
    await create("done");
    await stage.advance(5);
    await lose();
    await failureOf(create("lost"));
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "reset-before" } });
    await failureOf(create("doubted"));
    const operations = z.array(operationViewSchema).parse(await unfinished(viewer));
    expect(operations.map(({ accountName, nextStep }) => [accountName, nextStep])).toEqual([
      ["doubted", "reconcile"],
      ["lost", "delete_and_create_again"],
      ["done", "none"],
    ]);
  });
});

describe("the rows", () => {
  it("never go back, and never move twice", async () => {
    const { operationId } = await create("fixed");
    await expect(moveOperation(stage.database, operationId, "succeeded", "sent", {})).rejects.toThrow(
      "never goes from",
    );
    expect(await moveOperation(stage.database, operationId, "sent", "failed", {})).toBe(false);
    await noteOperationResult(stage.database, operationId, "unknown", {});
    expect((await getOperation({ context: stage.as(manager), operationId })).state).toBe("succeeded");
  });
});

describe("roles", () => {
  it("above the operator's ceiling never leave the server", async () => {
    const projectIds = (await stage.database.selectFrom("projects").select("id").execute()).map(({ id }) => id);
    const accounts = (await stage.database.selectFrom("service_accounts").select("id").execute()).map(({ id }) => id);
    const role = fc.constantFrom(...writableRoles);
    const grants = fc.uniqueArray(fc.record({ id: fc.constantFrom(...projectIds), role }), {
      selector: ({ id }) => id,
      maxLength: 3,
    });
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<OperatorRole>(...operatorRoles),
        role,
        grants,
        fc.constantFrom(...accounts),
        fc.boolean(),
        async (operatorRole, organizationRole, projects, accountId, isCreate) => {
          const context = stage.as({ name: `P-${operatorRole}`, role: operatorRole });
          const idempotencyKey = stage.newKey();
          const call = isCreate
            ? createServiceAccount({
                context,
                input: { ...input, name: "probe", role: organizationRole, projects },
                idempotencyKey,
              })
            : assignMemberships({ context, input: { accountIds: [accountId], projects }, idempotencyKey });
          await call.then(
            () => undefined,
            () => undefined,
          );
          const ledger = await stage.control.ledger();
          for (const { body } of ledger.slice(seen)) {
            const sent = z
              .object({ role: z.string().optional(), projects: z.array(z.object({ role: z.string() })).default([]) })
              .parse(body);
            for (const granted of [sent.role, ...sent.projects.map((project) => project.role)]) {
              if (granted !== undefined) expect(withinCeiling(operatorRole, granted)).toBe(true);
            }
          }
          seen = ledger.length;
        },
      ),
      { numRuns: 80 },
    );
    expect(seen).toBeGreaterThan(10);
    await expectPromisesKept(stage, seen);
  });
});
