import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bulkDeleteConfirmation } from "@/lib/domain/change";
import { type CrashPoint, crashPoints } from "@/lib/domain/crash-point";
import type { OrganizationContext } from "@/lib/services/context";
import { assignMemberships } from "@/lib/services/memberships/assign";
import { removeMemberships } from "@/lib/services/memberships/remove";
import { openSecret } from "@/lib/services/secrets/open-secret";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { listUnfinished } from "./list-unfinished";
import { reconcileStale } from "./reconcile-stale";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

class Crash extends Error {}
/** As if the process died there: nothing after it runs, and nothing of the process is left. */
const dyingAt = (point: CrashPoint): OrganizationContext =>
  stage.as(manager, {
    crashPoint: async (reached) => {
      if (reached !== point) return;
      // The answer to what is in flight goes nowhere.
      if (point === "in_flight") await new Promise((resolve) => setTimeout(resolve, 100));
      throw new Crash();
    },
  });

/** A new process comes up later, and pages are looked at. */
async function recover() {
  for (const seconds of [61, 11, 11]) {
    await stage.advance(seconds);
    await reconcileStale({ ...stage.app, organization: stage.organization });
  }
}

const input = { purpose: "", role: "consumer", expiresAt: null, neverReason: "a test" } as const;
const create = (context: OrganizationContext, name: string, key = stage.newKey()) =>
  createServiceAccount({ context, input: { ...input, name, projects: [] }, idempotencyKey: key });
const settle = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    () => undefined,
  );

describe("a process that dies inside create", () => {
  const expected: Record<Exclude<CrashPoint, "after_reread">, string | null> = {
    before_prepared: null,
    after_prepared: "failed",
    after_sent: "did_not_happen",
    in_flight: "secret_lost",
    after_answer: "secret_lost",
    after_outcome: "succeeded",
  };
  it.each(Object.entries(expected))("at %s leaves %s", async (point, outcome) => {
    const dying = dyingAt(crashPoints.find((candidate) => candidate === point) ?? expect.fail());
    const key = stage.newKey();
    await settle(create(dying, "mortal", key));
    const made = ["secret_lost", "succeeded"].includes(outcome ?? "") ? 1 : 0;
    await stage.advance(10);
    const fresh = await listUnfinished({ context: stage.as(manager) });
    if (outcome === "secret_lost" || outcome === "did_not_happen")
      expect(fresh.operations).toMatchObject([{ state: "sent", nextStep: "none" }]);
    if (outcome === "succeeded") {
      const [operation] = fresh.operations;
      expect(operation).toMatchObject({ nextStep: "open_secret" });
      expect((await openSecret({ context: stage.as(manager), operationId: operation?.id ?? "" })).secret).toMatch(
        /^\w{32}$/,
      );
    }
    await recover();
    const { operations } = await listUnfinished({ context: stage.as(manager) });
    expect(operations.map((operation) => operation.outcome ?? operation.state)).toEqual(
      outcome === null ? [] : [outcome],
    );
    expect(await stage.control.ledger()).toHaveLength(made);
    await expectPromisesKept(stage, made);
    const again = await create(stage.as(manager), "mortal", key).catch((error: unknown) => error);
    if (outcome === null) expect(again).toMatchObject({ account: { name: "mortal" } });
    if (outcome === "failed")
      expect(again).toMatchObject({
        code: "given_up",
        details: { reason: expect.stringContaining("nothing was changed") },
      });
    if (outcome === "did_not_happen") expect(again).toMatchObject({ code: "upstream_failed" });
    await expectPromisesKept(stage, outcome === null ? 1 : made);
  });
});

describe("a process that dies inside assign, remove or delete", () => {
  const kinds = ["assign", "remove", "delete"] as const;
  it.each(kinds.flatMap((kind) => crashPoints.map((point) => [kind, point] as const)))(
    "%s at %s is settled",
    async (kind, point) => {
      const { account: one } = await create(stage.as(manager), "first");
      const { account: two } = await create(stage.as(manager), "second");
      const accountIds = [one.id, two.id];
      const [project] = await stage.database.selectFrom("projects").select("id").orderBy("id").execute();
      const projectId = project?.id ?? 0;
      const assign = (context: OrganizationContext) =>
        assignMemberships({
          context,
          input: { accountIds, projects: [{ id: projectId, role: "consumer" }] },
          idempotencyKey: stage.newKey(),
        });
      if (kind === "remove") await assign(stage.as(manager));
      const before = (await stage.control.ledger()).length;
      const change = (context: OrganizationContext) => {
        if (kind === "assign") return assign(context);
        if (kind === "remove")
          return removeMemberships({
            context,
            input: { accountIds, projectIds: [projectId] },
            idempotencyKey: stage.newKey(),
          });
        const confirmation = bulkDeleteConfirmation(accountIds.length);
        return deleteServiceAccounts({ context, input: { accountIds, confirmation }, idempotencyKey: stage.newKey() });
      };
      await settle(change(dyingAt(point)));
      await recover();
      await expectPromisesKept(stage, before + (kind === "delete" ? 2 : 1));
      const { operations } = await listUnfinished({ context: stage.as(manager) });
      const told = operations
        .filter((operation) => operation.kind === kind)
        .map(({ outcome, state }) => outcome ?? state);
      const changed = (await stage.control.ledger()).length > before;
      if (changed) for (const outcome of told) expect(["happened", "succeeded"].includes(outcome)).toBe(true);
      else for (const outcome of told) expect(["did_not_happen", "failed", "succeeded"]).toContain(outcome);
      await stage.sync();
      const members = await stage.database
        .selectFrom("memberships")
        .select("account_id")
        .where("account_id", "in", accountIds)
        .execute();
      if (kind === "remove" && point !== "before_prepared") expect(members).toHaveLength(changed ? 0 : 2);
    },
  );
});

describe("when the record cannot be written", () => {
  it("sends nothing: the events' table is gone", async () => {
    await stage.database.schema.alterTable("audit_events").renameTo("audit_events_away").execute();
    expect(await failureOf(create(stage.as(manager), "unrecorded"))).toMatchObject({ code: "read_only", status: 503 });
    await stage.database.schema.alterTable("audit_events_away").renameTo("audit_events").execute();
    expect(await stage.control.ledger()).toEqual([]);
    await expectPromisesKept(stage, 0);
  });

  it("sends nothing when the database goes away before, or just after it was prepared", async () => {
    const gone = await stage.again();
    await gone.selectFrom("audit_head").selectAll().execute();
    await gone.destroy();
    expect(await failureOf(create(stage.as(manager, { database: gone }), "unrecorded"))).toMatchObject({
      code: "read_only",
    });
    const leaving = await stage.again();
    const context = stage.as(manager, {
      database: leaving,
      crashPoint: async (point) => {
        if (point === "after_prepared") await leaving.destroy();
      },
    });
    expect(await failureOf(create(context, "unsent"))).toMatchObject({ code: "read_only" });
    expect(await stage.control.ledger()).toEqual([]);
    await recover();
    await expectPromisesKept(stage, 0);
  });

  it.each(["create", "assign"] as const)(
    "does not pretend to know when the database goes away before the outcome of %s",
    async (kind) => {
      const { account } = await create(stage.as(manager), "first");
      const leaving = await stage.again();
      const context = stage.as(manager, {
        database: leaving,
        crashPoint: async (point) => {
          if (point === "after_answer") await leaving.destroy();
        },
      });
      const [project] = await stage.database.selectFrom("projects").select("id").execute();
      const call =
        kind === "create"
          ? create(context, "lost")
          : assignMemberships({
              context,
              input: { accountIds: [account.id], projects: [{ id: project?.id ?? 0, role: "consumer" }] },
              idempotencyKey: stage.newKey(),
            });
      expect(await failureOf(call)).toMatchObject({ code: "outcome_unknown" });
      await recover();
      const { operations } = await listUnfinished({ context: stage.as(manager) });
      expect(operations.find((operation) => operation.state === "reconciled")).toMatchObject({
        outcome: kind === "create" ? "secret_lost" : "happened",
      });
      await expectPromisesKept(stage, 2);
    },
  );
});
