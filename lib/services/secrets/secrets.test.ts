import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CreatedAnswer } from "@/lib/domain/change";
import { getOperation } from "@/lib/services/operations/get-operation";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { confirmSecret } from "./confirm-secret";
import { openSecret } from "./open-secret";
import { purgeExpired } from "./purge-expired";
import { trySecret } from "./try-secret";

let stage: Stage;
let created: CreatedAnswer;
let operationId: string;

beforeEach(async () => {
  stage = await openStage();
  created = await createFor("consumer");
  operationId = created.operationId;
});
afterEach(() => stage.close());

const createFor = async (role: "consumer" | "analyst", projects: CreatedAnswer["memberships"] = []) =>
  createServiceAccount({
    context: stage.as(manager),
    input: {
      name: `secret-of-${role}`,
      purpose: "",
      role,
      expiresAt: null,
      neverReason: "a test",
      projects: projects.map(({ projectId }) => ({ id: projectId, role })),
    },
    idempotencyKey: stage.newKey(),
  });
const events = async (action: string) => {
  const rows = stage.database.selectFrom("audit_events").select(["actor_name", "outcome", "detail"]);
  return rows.where("action", "=", action).orderBy("sequence").execute();
};
const sealed = () => stage.database.selectFrom("sealed_secrets").selectAll().execute();

describe("a created secret", () => {
  it("can be opened again by its operator for ten minutes, each view recorded", async () => {
    expect(created.secretUntil).toBe("2026-11-23T12:10:00.000Z");
    await stage.advance(599);
    expect(await openSecret({ context: stage.as(manager), operationId })).toEqual(created);
    expect(await openSecret({ context: stage.as(manager), operationId })).toEqual(created);
    expect(await events("secret.view")).toMatchObject([
      { actor_name: "Max", outcome: "succeeded" },
      { actor_name: "Max" },
    ]);
    expect(await sealed()).toMatchObject([{ views: 2 }]);
    await stage.advance(1);
    expect(await failureOf(openSecret({ context: stage.as(manager), operationId }))).toMatchObject({
      code: "secret_gone",
      status: 410,
    });
    expect(await events("secret.view")).toHaveLength(2);
    await expectPromisesKept(stage, 1);
  });

  it("is nobody else's to open, try or confirm", async () => {
    for (const use of [openSecret, trySecret, confirmSecret]) {
      const other = await failureOf(use({ context: stage.as(administrator), operationId }));
      expect(other).toMatchObject({ code: "not_permitted", details: { reason: expect.stringContaining("Only Max") } });
      expect(await failureOf(use({ context: stage.as(viewer), operationId }))).toMatchObject({ code: "not_permitted" });
      expect(await failureOf(use({ context: stage.as(manager), operationId: "none" }))).toMatchObject({
        code: "not_found",
      });
    }
    expect(await sealed()).toHaveLength(1);
  });

  it("is purged when its operator confirms, and confirming again changes nothing", async () => {
    const view = await confirmSecret({ context: stage.as(manager), operationId });
    expect(view).toMatchObject({
      state: "succeeded",
      secretUntil: null,
      nextStep: "none",
      known: "secret-of-consumer was created.",
    });
    expect(await sealed()).toEqual([]);
    expect(await confirmSecret({ context: stage.as(manager), operationId })).toEqual(view);
    expect(await events("secret.confirm")).toHaveLength(1);
    expect(await failureOf(openSecret({ context: stage.as(manager), operationId }))).toMatchObject({
      code: "secret_gone",
    });
    expect(await failureOf(trySecret({ context: stage.as(manager), operationId }))).toMatchObject({
      code: "secret_gone",
    });
  });

  it("is purged by time, and that is recorded once", async () => {
    expect(await purgeExpired(stage.app)).toBe(0);
    await stage.advance(600);
    expect(await purgeExpired(stage.app)).toBe(1);
    expect(await purgeExpired(stage.app)).toBe(0);
    expect(await sealed()).toEqual([]);
    expect(await events("secret.purge")).toMatchObject([{ actor_name: "secret-purge", outcome: "succeeded" }]);
    expect((await getOperation({ context: stage.as(manager), operationId })).nextStep).toBe("none");
    await expectPromisesKept(stage, 1);
  });

  it("stays shut when its row was swapped or its use cannot be recorded", async () => {
    const other = await createFor("analyst");
    const [first, second] = await sealed();
    const mine = first?.operation_id === operationId ? second : first;
    await stage.database
      .updateTable("sealed_secrets")
      .set({ sealed: mine?.sealed ?? "" })
      .where("operation_id", "=", operationId)
      .execute();
    expect(await failureOf(openSecret({ context: stage.as(manager), operationId }))).toMatchObject({
      code: "secret_gone",
    });
    const events = stage.database.schema.alterTable("audit_events").renameTo("audit_events_away");
    await events.execute();
    for (const use of [openSecret, trySecret, confirmSecret]) {
      expect(await failureOf(use({ context: stage.as(manager), operationId: other.operationId }))).toMatchObject({
        code: "read_only",
      });
    }
    await stage.database.schema.alterTable("audit_events_away").renameTo("audit_events").execute();
    expect(await sealed()).toHaveLength(2);
    expect((await openSecret({ context: stage.as(manager), operationId: other.operationId })).secret).toBe(
      other.secret,
    );
  });
});

describe("trying a secret", () => {
  it("signs in with it and says what it sees", async () => {
    const answer = await trySecret({ context: stage.as(manager), operationId });
    const used = await stage.database
      .selectFrom("service_accounts")
      .select("last_used_at")
      .where("name", "=", "secret-of-consumer")
      .execute();
    expect(used.map(({ last_used_at }) => last_used_at)).toEqual([expect.any(String)]);
    expect(answer).toMatchObject({
      works: true,
      projectCount: 0,
      organizationRole: "consumer",
      at: "2026-11-23T12:00:00.000Z",
    });
    expect(answer.message).toBe(
      `It works: it signs in to ${answer.organizationName} as consumer and sees no project yet.`,
    );
    expect((await events("secret.try")).map(({ outcome }) => outcome)).toEqual(["intended", "succeeded"]);
    const projects = await stage.database
      .selectFrom("projects")
      .select(["id", "name"])
      .orderBy("id")
      .limit(2)
      .execute();
    const membership = (id: number) =>
      ({
        projectId: id,
        projectName: "",
        region: "us",
        role: "analyst",
        grant: "individual",
        sensitiveAccess: null,
      }) as const;
    const inOne = await createFor(
      "analyst",
      projects.slice(0, 1).map(({ id }) => membership(id)),
    );
    expect((await trySecret({ context: stage.as(manager), operationId: inOne.operationId })).message).toMatch(
      /sees 1 project\.$/,
    );
    const inTwo = await createFor(
      "analyst",
      projects.map(({ id }) => membership(id)),
    );
    expect((await trySecret({ context: stage.as(manager), operationId: inTwo.operationId })).message).toMatch(
      /sees 2 projects\.$/,
    );
    await expectPromisesKept(stage, 3);
  });

  it("says nothing of a role that Mixpanel does not tell", async () => {
    const { mixpanelId } = stage.organization;
    const organizations = { [mixpanelId]: { id: mixpanelId, name: "Acme" } };
    const body = { status: "ok", results: { user_id: 1, organizations, projects: {} } };
    await stage.control.fault({ method: "GET", path: "/me", times: 1, fault: { kind: "status", status: 200, body } });
    const answer = await trySecret({ context: stage.as(manager), operationId });
    expect(answer.message).toBe("It works: it signs in to Acme and sees no project yet.");
  });

  it("says what else there may be when it sees no organization", async () => {
    await stage.control.fault({
      method: "GET",
      path: "/me",
      times: 1,
      fault: {
        kind: "status",
        status: 200,
        body: { status: "ok", results: { user_id: 1, organizations: {}, projects: {} } },
      },
    });
    const answer = await trySecret({ context: stage.as(manager), operationId });
    expect(answer).toMatchObject({
      works: true,
      organizationName: null,
      organizationRole: null,
      message: "It works: it signs in to Mixpanel and sees no project yet.",
    });
  });

  it("says in plain words that Mixpanel rejects it", async () => {
    await stage.database
      .updateTable("operations")
      .set({
        result: JSON.stringify({
          created: { account: { ...accountOnly(), username: "nobody.000000.mp-service-account" }, memberships: [] },
        }),
      })
      .where("id", "=", operationId)
      .execute();
    const answer = await trySecret({ context: stage.as(manager), operationId });
    expect(answer).toMatchObject({ works: false, organizationName: null });
    expect(answer.message).toMatch(/^Mixpanel rejected this username and secret\./);
    expect((await events("secret.try")).map(({ outcome }) => outcome)).toEqual(["intended", "failed"]);
  });

  it("says that it could not be tried when Mixpanel is out", async () => {
    await stage.control.fault({ method: "GET", path: "/me", fault: { kind: "status", status: 503 } });
    const answer = await trySecret({ context: stage.as(manager), operationId });
    expect(answer.message).toBe(
      "It could not be tried: Mixpanel answered with an error of its own. The secret itself may be fine.",
    );
    expect(stage.organization.upstream.health().breaker).toBe("closed");
    await expectPromisesKept(stage, 1);
  });
});

const accountOnly = () => {
  const { id, username, creatorId, creatorName, creatorEmail, createdAt, expiresAt, lastUsedAt } = created.account;
  return { id, username, creatorId, creatorName, creatorEmail, createdAt, expiresAt, lastUsedAt };
};
