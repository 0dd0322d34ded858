import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AppError } from "@/lib/domain/app-error";
import { type AssignInput, batchAnswerSchema, type RemoveInput } from "@/lib/domain/change";
import { getOperation } from "@/lib/services/operations/get-operation";
import { listPendingOperations } from "@/lib/services/operations/pending";
import { reconcileOperation } from "@/lib/services/operations/reconcile-operation";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { administrator, manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { assignMemberships } from "./assign";
import { removeMemberships } from "./remove";

let stage: Stage;
let projects: { id: number; name: string }[];
/** Accounts in no project, and so without any role. */
let free: { id: number; name: string }[];
let before: number;

beforeEach(async () => {
  stage = await openStage();
  projects = await stage.database.selectFrom("projects").select(["id", "name"]).orderBy("id").execute();
  const fresh = { purpose: "", role: "consumer", expiresAt: "2027-02-21T23:59:00.000Z", neverReason: "" } as const;
  free = [];
  for (const name of ["free-one", "free-two"]) {
    const request = { context: stage.as(administrator), idempotencyKey: stage.newKey() };
    const { account } = await createServiceAccount({ ...request, input: { ...fresh, name, projects: [] } });
    free.push({ id: account.id, name });
  }
  before = (await stage.control.ledger()).length;
});
afterEach(() => stage.close());

const assign = (input: AssignInput, person = manager, key = stage.newKey()) =>
  assignMemberships({ context: stage.as(person), input, idempotencyKey: key });
const remove = (input: RemoveInput, person = manager, key = stage.newKey()) =>
  removeMemberships({ context: stage.as(person), input, idempotencyKey: key });
const failure = (call: Promise<unknown>): Promise<AppError> =>
  call.then(
    () => expect.fail("It succeeded."),
    (error: AppError) => error,
  );
const sent = async () => (await stage.control.ledger()).length - before;
const ids = () => free.slice(0, 2).map((account) => account.id);
const project = (index: number) => projects[index] ?? expect.fail("There are too few projects.");
/** An account and a project it is in as an admin of the organization and by nothing else. */
async function adminOnly() {
  const rows = await stage.database.selectFrom("memberships").selectAll().execute();
  const grants = (row: { account_id: number; project_id: number }) =>
    rows.filter((other) => other.account_id === row.account_id && other.project_id === row.project_id).length;
  const found = rows.find((row) => row.grant_type === "organization" && row.role === "admin" && grants(row) === 1);
  return found ?? expect.fail("Nobody is an admin by the organization alone.");
}
const held = (accountId: number) =>
  stage.database
    .selectFrom("memberships")
    .select(["project_id", "role", "grant_type"])
    .where("account_id", "=", accountId)
    .orderBy("project_id")
    .execute();

describe("assigning", () => {
  it("adds accounts to projects with one call each, and tells what Mixpanel then shows", async () => {
    const input: AssignInput = {
      accountIds: ids(),
      projects: [
        { id: project(0).id, role: "analyst" },
        { id: project(1).id, role: "consumer" },
      ],
    };
    const key = stage.newKey();
    const answer = batchAnswerSchema.parse(await assign(input, manager, key));
    expect(
      answer.results.map(({ accountId, projectId, outcome, role }) => [accountId, projectId, outcome, role]),
    ).toEqual(
      expect.arrayContaining(
        ids().flatMap((id) => [
          [id, project(0).id, "done", "analyst"],
          [id, project(1).id, "done", "consumer"],
        ]),
      ),
    );
    expect(answer.results).toHaveLength(4);
    expect(await held(ids()[0] ?? 0)).toEqual([
      { project_id: project(0).id, role: "analyst", grant_type: "individual" },
      { project_id: project(1).id, role: "consumer", grant_type: "individual" },
    ]);
    expect(await sent()).toBe(2);
    expect(await assign(input, manager, key)).toEqual(answer);
    expect(await sent()).toBe(2);
    await expectPromisesKept(stage, before + 2);
  });

  it("sends nothing for what is there already, and says so again for the same key", async () => {
    const input: AssignInput = { accountIds: ids(), projects: [{ id: project(0).id, role: "analyst" }] };
    await assign(input);
    const key = stage.newKey();
    const answer = await assign(input, manager, key);
    expect(answer.results.map(({ outcome, message }) => [outcome, message])).toEqual([
      ["already", "It already has analyst here."],
      ["already", "It already has analyst here."],
    ]);
    expect(await assign(input, manager, key)).toEqual(answer);
    expect(await sent()).toBe(1);
    await expectPromisesKept(stage, before + 1);
  });

  it("changes an individual role and says where another grant counts more", async () => {
    const powerful = await adminOnly();
    const answer = await assign(
      { accountIds: [powerful.account_id], projects: [{ id: powerful.project_id, role: "consumer" }] },
      administrator,
    );
    expect(answer.results).toMatchObject([
      { outcome: "done", role: "consumer", message: "It has admin here through the organization, which counts more." },
    ]);
  });

  it("refuses roles and accounts above the ceiling, people without the permission, and sends nothing", async () => {
    const strong = await stage.database
      .selectFrom("service_accounts")
      .select(["id", "name"])
      .where("highest_role", "=", "admin")
      .executeTakeFirstOrThrow();
    const one = { accountIds: ids(), projects: [{ id: project(0).id, role: "admin" as const }] };
    expect(await failure(assign(one))).toMatchObject({
      code: "role_above_ceiling",
      details: { fields: { "projects.0.role": expect.stringContaining("admin") } },
    });
    expect(
      await failure(assign({ ...one, accountIds: [strong.id], projects: [{ id: project(0).id, role: "consumer" }] })),
    ).toMatchObject({ code: "role_above_ceiling" });
    expect(await failure(assign(one, viewer))).toMatchObject({ code: "not_permitted" });
    expect(await sent()).toBe(0);
    const mixed = await assign({
      accountIds: [strong.id, ids()[0] ?? 0],
      projects: [{ id: project(0).id, role: "consumer" }],
    });
    expect(mixed.results.map(({ outcome, error }) => [outcome, error?.code ?? null]).toSorted()).toEqual([
      ["done", null],
      ["skipped", "role_above_ceiling"],
    ]);
    expect(await sent()).toBe(1);
    await expectPromisesKept(stage, before + 1);
  });

  it("skips accounts and projects that are gone, after a reading said so", async () => {
    const gone = 999_999_999;
    const answer = await assign({
      accountIds: [gone, ids()[0] ?? 0],
      projects: [
        { id: gone, role: "consumer" },
        { id: project(0).id, role: "consumer" },
      ],
    });
    expect(
      answer.results.map(({ accountId, projectId, outcome, error }) => [
        accountId,
        projectId,
        outcome,
        error?.code ?? null,
      ]),
    ).toEqual(
      expect.arrayContaining([
        [gone, null, "skipped", "upstream_not_found"],
        [null, gone, "skipped", "upstream_not_found"],
        [ids()[0], project(0).id, "done", null],
      ]),
    );
    expect(
      await failure(assign({ accountIds: [gone], projects: [{ id: project(0).id, role: "consumer" }] })),
    ).toMatchObject({ code: "upstream_not_found" });
    expect(await failure(assign({ accountIds: ids(), projects: [{ id: gone, role: "consumer" }] }))).toMatchObject({
      code: "upstream_not_found",
    });
    await expectPromisesKept(stage, before + 1);
  });

  it("tells different refusals apart when nothing at all can be sent", async () => {
    const strong = await adminOnly();
    const accountIds = [strong.account_id, 999_999_999];
    const answer = await assign({ accountIds, projects: [{ id: project(0).id, role: "consumer" }] });
    expect(answer.results.map(({ error }) => error?.code).toSorted()).toEqual([
      "role_above_ceiling",
      "upstream_not_found",
    ]);
    expect(await sent()).toBe(0);
  });

  it("skips what Keywarden has not read yet, and what it cannot ask about", async () => {
    const unread = ids()[0] ?? 0;
    await stage.database.deleteFrom("service_accounts").where("id", "=", unread).execute();
    await stage.database.deleteFrom("projects").where("id", "=", project(1).id).execute();
    const input: AssignInput = {
      accountIds: [unread, ids()[1] ?? 0],
      projects: [
        { id: project(0).id, role: "consumer" },
        { id: project(1).id, role: "consumer" },
      ],
    };
    const answer = await assign(input);
    expect(answer.results.flatMap(({ error }) => (error ? [error.code] : []))).toEqual(["not_found", "not_found"]);
    await stage.control.fault({ method: "GET", fault: { kind: "status", status: 403 } });
    const blind = await assign({
      ...input,
      projects: [
        { id: project(0).id, role: "analyst" },
        { id: project(1).id, role: "analyst" },
      ],
    });
    expect(blind.results.flatMap(({ error }) => (error ? [error.code] : []))).toEqual([
      "upstream_not_permitted",
      "upstream_not_permitted",
    ]);
    expect(blind.results.find(({ outcome }) => outcome === "done")?.message).toContain("reading it back failed");
    await expectPromisesKept(stage, before + 2);
  });

  it("ticks each project on its own when one of several fails, and offers to try the rest again", async () => {
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "status", status: 429 } });
    const input: AssignInput = {
      accountIds: ids(),
      projects: projects.slice(0, 3).map(({ id }) => ({ id, role: "consumer" })),
    };
    const answer = await assign(input);
    const outcomes = answer.results.map(({ outcome }) => outcome).toSorted();
    expect(outcomes).toEqual(["done", "done", "done", "done", "failed", "failed"]);
    const failed = answer.results.find(({ outcome }) => outcome === "failed");
    expect(failed?.error).toMatchObject({ code: "upstream_rate_limited", upstreamStatus: 429 });
    const view = await getOperation({ context: stage.as(manager), operationId: failed?.operationId ?? "" });
    expect(view).toMatchObject({
      state: "failed",
      nextStep: "retry",
      input: { projects: [{ id: failed?.projectId, role: "consumer" }] },
    });
    expect(view.known).toContain("2 service accounts were not added to");
    await expectPromisesKept(stage, before + 2);
  });

  it("settles a lost answer by reading at once when the change is there", async () => {
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "reset-after-commit" } });
    const answer = await assign({ accountIds: ids(), projects: [{ id: project(0).id, role: "analyst" }] });
    expect(answer.results.map(({ outcome, role }) => [outcome, role])).toEqual([
      ["done", "analyst"],
      ["done", "analyst"],
    ]);
    const view = await getOperation({ context: stage.as(manager), operationId: answer.results[0]?.operationId ?? "" });
    expect(view).toMatchObject({ state: "reconciled", outcome: "happened", nextStep: "none" });
    expect(view.known).toContain("a reading of Mixpanel shows that 2 service accounts were added to");
    await expectPromisesKept(stage, before + 1);
  });

  it.each([
    ["a reset", { kind: "reset-before" }],
    ["a 500", { kind: "status", status: 500 }],
    ["a page", { kind: "html", status: 200 }],
  ] as const)("leaves %s in doubt until a later reading is certain", async (_, fault) => {
    await stage.control.fault({ method: "POST", times: 1, fault });
    const key = stage.newKey();
    const input: AssignInput = { accountIds: ids(), projects: [{ id: project(0).id, role: "analyst" }] };
    const answer = await assign(input, manager, key);
    expect(answer.results).toMatchObject([
      { outcome: "unknown", error: { code: "outcome_unknown" } },
      { outcome: "unknown" },
    ]);
    const operationId = answer.results[0]?.operationId ?? "";
    expect(await listPendingOperations({ context: stage.as(viewer), accountId: ids()[1] ?? 0 })).toMatchObject([
      { id: operationId, state: "unknown", actorName: "Max" },
    ]);
    await stage.advance(10);
    const view = await reconcileOperation({ context: stage.as(manager), operationId });
    expect(view).toMatchObject({
      outcome: "did_not_happen",
      nextStep: "retry",
      input: { accountIds: ids(), projects: [{ id: project(0).id, role: "analyst" }] },
    });
    const again = await assign(input, manager, key);
    expect(again.results).toMatchObject([{ outcome: "failed" }, { outcome: "failed" }]);
    expect(again.results[0]?.message).toContain("it did not happen");
    await expectPromisesKept(stage, before);
  });

  it("finds that a change happened in part, and offers the rest", async () => {
    const [one = 0, two = 0] = ids();
    await stage.control.fault({ method: "POST", times: 1, fault: { kind: "reset-before" } });
    const answer = await assign({ accountIds: [one, two], projects: [{ id: project(0).id, role: "analyst" }] });
    const operationId = answer.results[0]?.operationId ?? "";
    await assign({ accountIds: [one], projects: [{ id: project(0).id, role: "analyst" }] });
    await stage.advance(10);
    const view = await reconcileOperation({ context: stage.as(manager), operationId });
    expect(view).toMatchObject({
      outcome: "partly",
      nextStep: "finish_the_rest",
      input: { accountIds: [two], projects: [{ id: project(0).id, role: "analyst" }] },
    });
    expect(view.known).toContain("shows 1 of 2 added to");
    await expectPromisesKept(stage, before + 1);
  });

  it("notices when Mixpanel says yes and does not do it", async () => {
    await stage.control.fault({
      method: "POST",
      times: 1,
      fault: { kind: "status", status: 200, body: { status: "ok" } },
    });
    const answer = await assign({ accountIds: ids(), projects: [{ id: project(0).id, role: "analyst" }] });
    expect(answer.results).toMatchObject([
      { outcome: "failed", message: "Mixpanel does not show this service account in the project." },
      { outcome: "failed" },
    ]);
    const view = await getOperation({ context: stage.as(manager), operationId: answer.results[0]?.operationId ?? "" });
    expect(view).toMatchObject({ state: "succeeded", nextStep: "finish_the_rest" });
    expect(view.known).toContain("2 of 2 do not show it");
    const events = await stage.database
      .selectFrom("audit_events")
      .select(["action", "outcome"])
      .where("operation_id", "=", view.id)
      .orderBy("sequence")
      .execute();
    expect(events.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "membership.assign intended",
      "membership.assign succeeded",
      "operation.reconcile failed",
    ]);
    await expectPromisesKept(stage, before);
  });
});

describe("removing", () => {
  it("takes individual grants away and reads the project again", async () => {
    await assign({ accountIds: ids(), projects: [{ id: project(0).id, role: "analyst" }] });
    const answer = await remove({ accountIds: ids(), projectIds: [project(0).id, project(1).id] });
    expect(answer.results.map(({ projectId, outcome }) => [projectId, outcome]).toSorted()).toEqual(
      [
        [project(0).id, "done"],
        [project(0).id, "done"],
        [project(1).id, "already"],
        [project(1).id, "already"],
      ].toSorted(),
    );
    expect(await held(ids()[0] ?? 0)).toEqual([]);
    await expectPromisesKept(stage, before + 2);
  });

  it("never tries a grant of a team or the organization, and says where it can be changed", async () => {
    const row = await adminOnly();
    const error = await failure(remove({ accountIds: [row.account_id], projectIds: [row.project_id] }, administrator));
    expect(error).toMatchObject({
      code: "not_removable",
      details: { reason: "It has admin here through the organization: change that in Mixpanel." },
    });
    await assign({ accountIds: [row.account_id], projects: [{ id: row.project_id, role: "consumer" }] }, administrator);
    const answer = await remove({ accountIds: [row.account_id], projectIds: [row.project_id] }, administrator);
    expect(answer.results).toMatchObject([
      {
        outcome: "done",
        role: "admin",
        message: "It still has admin here through the organization: change that in Mixpanel.",
      },
    ]);
    await expectPromisesKept(stage, before + 2);
  });

  it("refuses the console's own credential, alone and among others, and sends nothing", async () => {
    const own = await stage.database
      .selectFrom("service_accounts")
      .select("id")
      .where("username", "=", stage.organization.credentialUsername)
      .executeTakeFirstOrThrow();
    for (const accountIds of [[own.id], [...ids(), own.id]]) {
      expect(await failure(remove({ accountIds, projectIds: [project(0).id] }, administrator))).toMatchObject({
        code: "own_credential",
        status: 409,
      });
    }
    expect(await sent()).toBe(0);
  });

  it("settles a lost answer by reading, and offers what is left", async () => {
    await assign({ accountIds: ids(), projects: [{ id: project(0).id, role: "analyst" }] });
    await stage.control.fault({
      method: "POST",
      path: `/organizations/${stage.simulator.organizationId}/service-accounts/remove`,
      times: 1,
      fault: { kind: "reset-before" },
    });
    const answer = await remove({ accountIds: ids(), projectIds: [project(0).id] });
    expect(answer.results).toMatchObject([{ outcome: "unknown" }, { outcome: "unknown" }]);
    await stage.advance(10);
    const view = await reconcileOperation({
      context: stage.as(manager),
      operationId: answer.results[0]?.operationId ?? "",
    });
    expect(view).toMatchObject({
      outcome: "did_not_happen",
      input: { accountIds: ids(), projectIds: [project(0).id] },
    });
    await stage.control.fault({
      method: "POST",
      times: 1,
      fault: { kind: "status", status: 200, body: { status: "ok" } },
    });
    const claimed = await remove({ accountIds: ids(), projectIds: [project(0).id] });
    expect(claimed.results).toMatchObject([
      { outcome: "failed", message: "Mixpanel still shows the individual grant." },
      { outcome: "failed" },
    ]);
    await expectPromisesKept(stage, before + 1);
  });
});
