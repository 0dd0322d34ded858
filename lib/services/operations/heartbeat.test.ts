import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { listOperationsInState } from "@/lib/db/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { assignMemberships } from "@/lib/services/memberships/assign";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { HEARTBEAT_MS, withHeartbeat } from "./heartbeat";
import { reconcileStale } from "./reconcile-stale";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterEach(async () => {
  vi.useRealTimers();
  await stage.close();
});

const PROJECTS = 6;
const waiting = () => listOperationsInState(stage.database, stage.organization.key, ["prepared"]);

/** A round of another replica, which knows nothing of what this process has under way. */
async function otherReplica(): Promise<void> {
  const own = globalThis.keywardenLiveRuns;
  globalThis.keywardenLiveRuns = new Set();
  await reconcileStale({ ...stage.app, organization: stage.organization });
  globalThis.keywardenLiveRuns = own;
}

/** One request over six projects that stands still before anything of it is sent. */
async function slowRequest(more: Partial<OrganizationContext> = {}) {
  const { account } = await createServiceAccount({
    context: stage.as(manager),
    input: { name: "member", purpose: "", role: "consumer", expiresAt: null, neverReason: "a test", projects: [] },
    idempotencyKey: stage.newKey(),
  });
  const rows = await stage.database.selectFrom("projects").select("id").limit(PROJECTS).execute();
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const crashPoint = (point: string) => (point === "after_prepared" ? held : undefined);
  const answer = assignMemberships({
    context: { ...stage.as(manager, { crashPoint }), ...more },
    input: { accountIds: [account.id], projects: rows.map(({ id }) => ({ id, role: "analyst" as const })) },
    idempotencyKey: stage.newKey(),
  });
  await vi.waitFor(async () => expect(await waiting()).toHaveLength(PROJECTS));
  return { answer, goOn: () => goOn() };
}

async function beat(): Promise<void> {
  vi.advanceTimersByTime(HEARTBEAT_MS);
  const at = stage.now().toISOString();
  await vi.waitFor(async () =>
    expect((await waiting()).map(({ aliveAt }) => aliveAt)).toEqual(Array(PROJECTS).fill(at)),
  );
}

it("a request that waits longer than a minute is left alone by other replicas, and done in the end", async () => {
  const { answer, goOn } = await slowRequest();
  for (let minute = 0; minute < 3; minute += 1) {
    await stage.advance(50);
    await beat();
    await stage.advance(20);
    await otherReplica();
    expect(await waiting()).toHaveLength(PROJECTS);
  }
  goOn();
  expect((await answer).results.map(({ outcome }) => outcome)).toEqual(Array(PROJECTS).fill("done"));
  await expectPromisesKept(stage, 1 + PROJECTS);
});

it("a request of which nothing is seen for a minute is given up, is told so, and is never sent afterwards", async () => {
  const { answer, goOn } = await slowRequest();
  await stage.advance(50);
  await beat();
  await stage.advance(61);
  await otherReplica();
  expect(await waiting()).toEqual([]);
  goOn();
  const { results } = await answer;
  expect(results).toHaveLength(PROJECTS);
  for (const result of results) {
    expect(result).toMatchObject({
      outcome: "failed",
      error: { code: "given_up", reason: expect.stringContaining("nothing was changed") },
    });
  }
  await expectPromisesKept(stage, 1);
});

it("a database that takes no sign is a warning, and the request goes on as far as it may", async () => {
  await stage.database.schema.alterTable("operations").renameTo("gone").execute();
  const done = await withHeartbeat(stage.as(manager), "batch", async () => {
    vi.advanceTimersByTime(HEARTBEAT_MS);
    const warned = () => expect(stage.log.join("")).toContain("That a request goes on could not be noted");
    await vi.waitFor(warned, { timeout: 10_000 });
    return "done";
  });
  expect(done).toBe("done");
});
