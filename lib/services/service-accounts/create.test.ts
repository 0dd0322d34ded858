import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findAnnotation } from "@/lib/db/annotations";
import type { AppError } from "@/lib/domain/app-error";
import { type CreateInput, createdAnswerSchema, createInputSchema } from "@/lib/domain/change";
import { getOperation } from "@/lib/services/operations/get-operation";
import { listUnfinished } from "@/lib/services/operations/list-unfinished";
import { reconcileOperation } from "@/lib/services/operations/reconcile-operation";
import { openSecret } from "@/lib/services/secrets/open-secret";
import { expectPromisesKept, issuedSecrets } from "@/lib/services/testing/expect-promises";
import { administrator, manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { createServiceAccount } from "./create";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const inputOf = (more: Partial<CreateInput> = {}): CreateInput =>
  createInputSchema.parse({ name: "warehouse-export", expiresAt: "2027-02-21T23:59:00.000Z", ...more });
const create = (input = inputOf(), person = manager, key = stage.newKey()) =>
  createServiceAccount({ context: stage.as(person), input, idempotencyKey: key });
const failure = (call: Promise<unknown>): Promise<AppError> =>
  call.then(
    () => expect.fail("It succeeded."),
    (error: AppError) => error,
  );
const projectIds = async () => {
  const rows = await stage.database.selectFrom("projects").select("id").orderBy("id").execute();
  return rows.map((row) => row.id);
};

describe("creating a service account", () => {
  it("answers the account, its projects and the secret once, and seals the secret", async () => {
    const [first = 0, second = 0] = await projectIds();
    const projects: CreateInput["projects"] = [
      { id: first, role: "consumer" },
      { id: second, role: "analyst" },
    ];
    const answer = createdAnswerSchema.parse(await create(inputOf({ projects, purpose: "nightly export" })));
    const [secret] = await issuedSecrets(stage);
    expect(answer.secret).toBe(secret);
    expect(answer.account).toMatchObject({ name: "warehouse-export", highestRole: "analyst", projectCount: 2 });
    expect(answer.memberships.map(({ projectId, role }) => [projectId, role])).toEqual([
      [first, "consumer"],
      [second, "analyst"],
    ]);
    const stored = await stage.database
      .selectFrom("service_accounts")
      .selectAll()
      .where("id", "=", answer.account.id)
      .execute();
    expect(stored).toMatchObject([{ organization_role: "consumer" }]);
    const annotation = await findAnnotation(stage.database, stage.organization.key, answer.account.id);
    expect(annotation).toMatchObject({ purpose: "nightly export", owner: null, updatedBy: "Max" });
    const view = await getOperation({ context: stage.as(manager), operationId: answer.operationId });
    expect(view).toMatchObject({
      state: "succeeded",
      mine: true,
      nextStep: "open_secret",
      accountId: answer.account.id,
    });
    expect(view.known).toBe("warehouse-export was created. You can open its secret until 12:10 UTC; then it is gone.");
    const other = await getOperation({ context: stage.as(administrator), operationId: answer.operationId });
    expect(other).toMatchObject({ mine: false, nextStep: "none" });
    expect(other.known).toContain("Only Max can open its secret");
    expect(await stage.control.ledger()).toHaveLength(1);
    await expectPromisesKept(stage, 1);
  });

  it("carries owner, contact, ticket, tags and reasons from birth, into the list too", async () => {
    const said = {
      owner: "Data",
      ownerKind: "team" as const,
      contact: "data@example.com",
      ticket: "OPS-7",
      tags: ["b", "a"],
    };
    const { account } = await create(inputOf({ ...said, expiresAt: null, neverReason: "A vendor" }));
    expect(account).toMatchObject({ owner: "Data", tags: ["a", "b"], rotateBy: null });
    const annotation = await findAnnotation(stage.database, stage.organization.key, account.id);
    expect(annotation).toMatchObject({ ...said, tags: ["a", "b"], neverReason: "A vendor", updatedBy: "Max" });
    const dated = await create(inputOf({ name: "dated" }));
    expect(dated.account.rotateBy).toBe("2027-01-31T23:59:00.000Z");
    await expectPromisesKept(stage, 2);
  });

  it("makes one account of fifty requests with one key, and answers all of them alike", async () => {
    const key = stage.newKey();
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(inputOf(), manager, key)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.secret).toBe((await issuedSecrets(stage))[0]);
    expect(await stage.control.ledger()).toHaveLength(1);
    await expectPromisesKept(stage, 1);
  });

  it("repeats without the secret once that is gone, and refuses the key for another request", async () => {
    const key = stage.newKey();
    const first = await create(inputOf(), manager, key);
    await stage.advance(601);
    expect(await create(inputOf(), manager, key)).toEqual({ ...first, secret: null, secretUntil: null });
    expect(await failure(create(inputOf({ name: "another" }), manager, key))).toMatchObject({
      code: "idempotency_conflict",
    });
    await create(inputOf(), administrator, key);
    expect(await stage.control.ledger()).toHaveLength(2);
    await expectPromisesKept(stage, 2);
  });

  it.each([
    ["a viewer", viewer, {}, "not_permitted"],
    ["a role above the ceiling", manager, { role: "admin" }, "role_above_ceiling"],
    ["a project role above the ceiling", manager, { projects: [{ id: 1, role: "owner" }] }, "role_above_ceiling"],
    ["an expiry in the past", manager, { expiresAt: "2026-11-23T11:59:59.000Z" }, "bad_request"],
    ["an expiry too far away", manager, { expiresAt: "2046-11-23T11:59:59.000Z" }, "bad_request"],
    ["an unknown project", manager, { projects: [{ id: 1, role: "analyst" }] }, "bad_request"],
  ] as const)("refuses %s, and sends nothing", async (_, person, more, code) => {
    const input = inputOf({ ...more, projects: "projects" in more ? [...more.projects] : [] });
    expect(await failure(create(input, person))).toMatchObject({ code });
    expect(await stage.control.ledger()).toHaveLength(0);
    expect(await stage.database.selectFrom("operations").selectAll().execute()).toEqual([]);
    expect(await stage.database.selectFrom("idempotency_keys").selectAll().execute()).toEqual([]);
  });

  it("lets an administrator give every role, and never expire with a reason", async () => {
    const answer = await create(inputOf({ role: "owner", expiresAt: null, neverReason: "break glass" }), administrator);
    expect(answer.account).toMatchObject({ expiresAt: null, highestRole: "owner", highestGrant: "organization" });
    await expectPromisesKept(stage, 1);
  });

  it.each([
    [
      "status 400",
      { kind: "status", status: 400, body: { status: "error", error: "name is taken" } },
      "upstream_refused",
      "name is taken",
    ],
    ["status 403", { kind: "status", status: 403 }, "upstream_not_permitted", null],
    ["status 429", { kind: "status", status: 429, headers: { "Retry-After": "90" } }, "upstream_rate_limited", null],
  ] as const)("fails clearly on %s: nothing was changed", async (_, fault, code, reason) => {
    await stage.control.fault({ method: "POST", times: 1, fault });
    const key = stage.newKey();
    const error = await failure(create(inputOf(), manager, key));
    expect(error).toMatchObject({ code, details: { upstreamStatus: fault.status } });
    if (reason) expect(error.details.reason).toBe(reason);
    if (code === "upstream_rate_limited") expect(error.details.retryAt).toBe("2026-11-23T12:01:30.000Z");
    expect(await failure(create(inputOf(), manager, key))).toMatchObject({ code, details: error.details });
    const view = await getOperation({ context: stage.as(manager), operationId: error.details.operationId ?? "" });
    expect(view).toMatchObject({ state: "failed", nextStep: code === "upstream_rate_limited" ? "retry" : "none" });
    await expectPromisesKept(stage, 0);
  });

  it("says that nothing was sent when Mixpanel cannot be reached", async () => {
    await stage.simulator.stop();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const error = await failure(create());
    expect(error).toMatchObject({ code: "upstream_unreachable" });
    expect(error.details.reason).toMatch(/^Not sent: nothing was changed at Mixpanel\./);
    const [operation] = (await listUnfinished({ context: stage.as(manager) })).operations;
    expect(operation).toMatchObject({ state: "failed", nextStep: "retry", input: { name: "warehouse-export" } });
  });

  it.each([
    ["the answer was reset", { kind: "reset-after-commit" }],
    ["the answer was cut off", { kind: "truncate", bytes: 40 }],
    ["the answer was no JSON", { kind: "invalid-json" }],
    ["the answer came too late", { kind: "delay", ms: 2_500 }],
  ] as const)("finds the account again when %s, and offers to start over", async (_, fault) => {
    await stage.control.fault({ method: "POST", times: 1, fault });
    const key = stage.newKey();
    const error = await failure(create(inputOf(), manager, key));
    const late = fault.kind === "delay";
    expect(error.code).toBe("outcome_unknown");
    const operationId = error.details.operationId ?? "";
    if (late) {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await reconcileOperation({ context: stage.as(manager), operationId });
    } else
      expect(error.details.reason).toBe("Created at Mixpanel, but its secret was lost. Delete it and create it again.");
    const view = await getOperation({ context: stage.as(manager), operationId });
    expect(view).toMatchObject({ state: "reconciled", outcome: "secret_lost", nextStep: "delete_and_create_again" });
    expect(view.input).toMatchObject({ name: "warehouse-export", role: "consumer" });
    expect(view.known).toBe(
      "warehouse-export was created at Mixpanel, but its secret was lost. Delete it and create it again.",
    );
    const rows = await stage.database
      .selectFrom("service_accounts")
      .select("id")
      .where("name", "=", "warehouse-export")
      .execute();
    expect(rows).toEqual([{ id: view.accountId }]);
    expect(await failure(openSecret({ context: stage.as(manager), operationId }))).toMatchObject({
      code: "secret_gone",
    });
    expect(await failure(create(inputOf(), manager, key))).toMatchObject({
      code: "outcome_unknown",
      details: { operationId },
    });
    await expectPromisesKept(stage, 1);
  });

  it.each([
    ["a reset", { kind: "reset-before" }],
    ["an error of Mixpanel's own", { kind: "status", status: 500 }],
    ["a page of a gateway", { kind: "html", status: 502 }],
    ["a page with 200", { kind: "html", status: 200 }],
    ["a redirect elsewhere", { kind: "redirect", location: "http://127.0.0.1:9/elsewhere" }],
  ] as const)("is certain that nothing happened after %s only when two readings agree", async (_, fault) => {
    await stage.control.fault({ method: "POST", times: 1, fault });
    const error = await failure(create());
    expect(error.code).toBe("outcome_unknown");
    const operationId = error.details.operationId ?? "";
    const look = () => reconcileOperation({ context: stage.as(manager), operationId });
    expect(await look()).toMatchObject({ state: "unknown", nextStep: "reconcile" });
    await stage.advance(9);
    const still = await look();
    expect(still.state).toBe("unknown");
    expect(still.known).toContain("A first reading showed no trace of it.");
    await stage.advance(1);
    const view = await look();
    expect(view).toMatchObject({
      state: "reconciled",
      outcome: "did_not_happen",
      nextStep: "retry",
      input: { name: "warehouse-export" },
    });
    expect(view.known).toContain("warehouse-export was not created");
    expect(await look()).toEqual(view);
    await expectPromisesKept(stage, 0);
  });
});
