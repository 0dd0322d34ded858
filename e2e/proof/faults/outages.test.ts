import { createServer } from "node:http";
import { afterEach, describe, expect, test, vi } from "vitest";
import { operationsAnswerSchema } from "@/lib/domain/change";
import { createUpstream } from "@/lib/mixpanel/client";
import { api } from "@/lib/paths/paths";
import { getSync } from "@/lib/services/inventory/get-sync";
import { settleSyncs } from "@/lib/services/inventory/sync";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager as managing, openStage } from "@/lib/services/testing/stage";
import { startDeafServer } from "./deaf-server";
import { create, errorOf, listed, standWith } from "./fault-test";

const stand = standWith();
/** The console's memory of failed reads would reach into the next test. */
afterEach(() => stand.proof.restart());
const accountsPath = () => `/organizations/${stand.proof.key}/service-accounts`;
const truth = async (name: string) => {
  const { proof, administrator } = stand;
  await proof.control.clearFaults();
  await proof.settle(administrator);
  const { operations } = operationsAnswerSchema.parse((await administrator.get(api.operations(proof.key))).body);
  return operations.find(({ accountName }) => accountName === name)?.outcome;
};

describe("F6 5xx on a read", () => {
  test("F6 shows the last data with its age, and the next try", async () => {
    const { proof, administrator } = stand;
    const before = await listed(stand);
    await proof.control.fault({ method: "GET", fault: { kind: "status", status: 500 } });
    const view = await proof.sync(administrator);
    expect(view).toMatchObject({
      asOf: before.sync.asOf,
      problem: { code: "upstream_failed", retryAt: expect.any(String) },
    });
    expect((await listed(stand)).rows).toEqual(before.rows);
    const counts = async () =>
      Object.values((await proof.control.requests()).counts).reduce((sum, count) => sum + count, 0);
    const tried = await counts();
    for (let look = 0; look < 30; look += 1) await listed(stand);
    expect(await counts()).toBe(tried);
  });

  test("F6 keeps requests bounded in an outage of ten minutes that everybody looks at, and recovers by itself", async () => {
    const stage = await openStage();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    try {
      await stage.advance(301);
      const context = { ...stage.app, organization: stage.organization };
      const counts = async () =>
        Object.values((await stage.control.requests()).counts).reduce((sum, count) => sum + count, 0);
      await stage.control.fault({ method: "GET", fault: { kind: "status", status: 503 } });
      const before = await counts();
      for (let second = 0; second < 600; second += 5) {
        await stage.advance(5);
        vi.setSystemTime(Date.now() + 5_000);
        for (let viewer = 0; viewer < 5; viewer += 1) await getSync(context);
        await settleSyncs(stage.database);
      }
      const tried = (await counts()) - before;
      expect(tried).toBeGreaterThan(5);
      expect(tried).toBeLessThanOrEqual(20 * 3);
      await stage.control.clearFaults();
      await stage.advance(31);
      vi.setSystemTime(Date.now() + 31_000);
      await getSync(context);
      await settleSyncs(stage.database);
      expect(await getSync(context)).toMatchObject({ problem: null, stale: false });
    } finally {
      vi.useRealTimers();
      await stage.close();
    }
  });
});

describe("F8 no connection", () => {
  test("F8 refused: the last data is shown, a change is not sent", async () => {
    const { proof, administrator, manager } = stand;
    const before = await listed(stand);
    const count = (await proof.ledger()).length;
    await proof.relay.cut();
    try {
      expect(await proof.sync(administrator)).toMatchObject({ problem: { code: "upstream_unreachable" } });
      expect((await listed(stand)).rows).toEqual(before.rows);
      const answer = await create(stand, manager, "unreached");
      expect([answer.status, errorOf(answer)]).toMatchObject([
        502,
        { code: "upstream_unreachable", reason: expect.stringMatching(/^Not sent: nothing was changed at Mixpanel/) },
      ]);
    } finally {
      await proof.relay.mend();
    }
    expect(await proof.ledger()).toHaveLength(count);
  });

  test.each(["a name that does not resolve", "TLS that is none", "a connection that is never accepted"] as const)(
    "F8 %s: a change is not sent, and told so",
    async (way) => {
      const stage = await openStage();
      const plain = createServer((_, response) => response.end("plain"));
      await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
      const address = plain.address();
      const port = typeof address === "object" && address ? address.port : 0;
      const deaf = await startDeafServer();
      const bases = {
        "a name that does not resolve": "https://mixpanel.invalid/api/app",
        "TLS that is none": `https://127.0.0.1:${port}/api/app`,
        "a connection that is never accepted": `http://127.0.0.1:${deaf.port}/api/app`,
      };
      const base = bases[way];
      const { owner, organizationId } = stage.simulator;
      const upstream = createUpstream(
        { ...owner, mixpanelId: organizationId, region: "us", baseUrls: { us: base, eu: base, in: base } },
        { deadlines: { connect: 500, total: 2_000 } },
      );
      try {
        const context = { ...stage.as(managing), organization: { ...stage.organization, upstream } };
        const input = {
          name: "unsent",
          purpose: "",
          role: "consumer",
          expiresAt: null,
          neverReason: "a proof",
          projects: [],
        } as const;
        const error = await failureOf(
          createServiceAccount({ context, input: { ...input, projects: [] }, idempotencyKey: stage.newKey() }),
        );
        expect(error).toMatchObject({
          code: "upstream_unreachable",
          details: { reason: expect.stringMatching(/^Not sent/) },
        });
        expect(await stage.control.ledger()).toEqual([]);
        const operations = await stage.database.selectFrom("operations").select("state").execute();
        expect(operations).toEqual([{ state: "failed" }]);
      } finally {
        await upstream.close();
        await deaf.stop();
        await new Promise((resolve) => plain.close(resolve));
        await stage.close();
      }
    },
  );
});

test("F9 a slow head or body ends after ten seconds in all: as F6 for a read, as F7 for a write", async () => {
  const { proof, administrator, manager } = stand;
  const before = await listed(stand);
  await proof.control.fault({ method: "POST", path: accountsPath(), fault: { kind: "delay", ms: 14_000 } });
  const since = performance.now();
  const answer = await create(stand, manager, "slow-head");
  expect(performance.now() - since).toBeLessThan(13_000);
  expect([answer.status, errorOf(answer)]).toMatchObject([502, { code: "outcome_unknown" }]);
  expect(await truth("slow-head")).toBe("secret_lost");
  await proof.control.fault({ method: "POST", path: accountsPath(), fault: { kind: "slow-body", bytesPerSecond: 8 } });
  expect(errorOf(await create(stand, manager, "slow-body"))).toMatchObject({ code: "outcome_unknown" });
  expect(await truth("slow-body")).toBe("secret_lost");
  await proof.control.fault({ method: "GET", fault: { kind: "slow-body", bytesPerSecond: 8 } });
  const reading = performance.now();
  expect(await proof.sync(administrator, 60_000)).toMatchObject({
    asOf: before.sync.asOf,
    problem: { code: "upstream_timeout" },
  });
  expect(performance.now() - reading).toBeLessThan(45_000);
});

const damage = [
  ["invalid JSON", { kind: "invalid-json" }],
  ["a body cut after 1 byte", { kind: "truncate", bytes: 1 }],
  ["a body cut after 40 bytes", { kind: "truncate", bytes: 40 }],
  ["a reset", { kind: "reset-before" }],
  ["wrong types", { kind: "status", status: 200, body: { status: "ok", results: { id: "seven", accounts: 3 } } }],
  ["a bare null", { kind: "status", status: 200, body: null }],
] as const;
test.each(damage)(
  "F10 %s: an unexpected answer with a reference, and the inventory is not overwritten",
  async (name, fault) => {
    const { proof, administrator, manager } = stand;
    const before = await listed(stand);
    await proof.control.fault({ method: "GET", path: accountsPath(), fault });
    const view = await proof.sync(administrator);
    expect(view).toMatchObject({ asOf: before.sync.asOf, problem: { code: "upstream_unexpected_answer" } });
    expect((await listed(stand)).rows).toEqual(before.rows);
    await proof.control.clearFaults();
    await proof.control.fault({ method: "POST", path: accountsPath(), times: 1, fault });
    const account = `damaged-by-${name.replaceAll(" ", "-")}`;
    const answer = await create(stand, manager, account);
    expect([answer.status, errorOf(answer)]).toMatchObject([
      502,
      { code: "outcome_unknown", reference: expect.any(String) },
    ]);
    const done = ["invalid-json", "truncate"].includes(fault.kind);
    expect(await truth(account)).toBe(done ? "secret_lost" : "did_not_happen");
  },
);

test("F11 HTML with 200 and a redirect elsewhere are unexpected answers; a suddenly empty list is a doubt that replaces nothing", async () => {
  const { proof, administrator, manager } = stand;
  const before = await listed(stand);
  for (const fault of [
    { kind: "html", status: 200 },
    { kind: "redirect", location: "https://elsewhere.invalid/api/app" },
  ] as const) {
    await proof.control.fault({ method: "GET", path: accountsPath(), fault });
    expect(await proof.sync(administrator)).toMatchObject({ problem: { code: "upstream_unexpected_answer" } });
    await proof.control.clearFaults();
    await proof.control.fault({ method: "POST", path: accountsPath(), times: 1, fault });
    const name = `answered-by-${fault.kind}`;
    expect(errorOf(await create(stand, manager, name))).toMatchObject({ code: "outcome_unknown" });
    expect(await truth(name)).toBe("did_not_happen");
  }
  const body = { status: "ok", results: [] };
  await proof.control.fault({ method: "GET", path: accountsPath(), fault: { kind: "status", status: 200, body } });
  const view = await proof.sync(administrator);
  expect(view.doubt).toBe(`0 accounts, was ${before.unfilteredTotal}`);
  expect((await listed(stand)).rows).toEqual(before.rows);
  await proof.control.clearFaults();
  expect((await proof.sync(administrator)).doubt).toBeNull();
});
