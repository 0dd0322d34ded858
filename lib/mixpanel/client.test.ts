import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { closeUpstream, createUpstream, type Upstream } from "./client";
import * as operations from "./operations";
import { connectTo, credential, failureOf } from "./testing/connected";
import { json, type RawServer, startRawServer } from "./testing/raw-server";

let server: RawServer;
const open: Upstream[] = [];
const connect: typeof connectTo = (...input) => {
  const upstream = connectTo(...input);
  open.push(upstream);
  return upstream;
};

beforeEach(async () => {
  server = await startRawServer();
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map(closeUpstream));
  await server.close();
});

describe("requests", () => {
  it("carry the credential and what the contract asks, and nothing when there is no body", async () => {
    const upstream = connect(server.url);
    await operations.listServiceAccounts(upstream);
    const [list] = server.requests;
    expect(list).toMatchObject({ method: "GET", path: "/api/app/organizations/77/service-accounts", body: "" });
    expect(list?.headers).toMatchObject({ accept: "application/json", "user-agent": "keywarden" });
    expect(list?.headers).not.toHaveProperty("content-type");
    const sent = Buffer.from(list?.headers.authorization?.slice(6) ?? "", "base64").toString();
    expect(sent).toBe(`${credential.username}:${credential.secret}`);

    server.answer(json(200, { status: "ok" }));
    await operations.addServiceAccountsToProjects(upstream, { accountIds: [1], projects: [{ id: 5, role: "admin" }] });
    expect(server.requests[1]).toMatchObject({
      method: "POST",
      path: "/api/app/organizations/77/service-accounts/add-to-project",
      headers: { "content-type": "application/json" },
      body: '{"projects":[{"id":5,"role":"admin"}],"service_account_ids":[1]}',
    });
    await operations.removeServiceAccountsFromProjects(upstream, { projects: [{ id: 5, accountIds: [1] }] });
    expect(server.requests[2]?.path).toBe("/api/app/organizations/77/service-accounts/remove-from-project");
    await operations.deleteServiceAccount(upstream, 9);
    expect(server.requests[3]).toMatchObject({
      method: "DELETE",
      path: "/api/app/organizations/77/service-accounts/9",
      body: "",
    });
  });

  it("go at most eight at a time over at most eight connections, which are reused", async () => {
    let running = 0;
    let peak = 0;
    server.answer((_request, response) => {
      running += 1;
      peak = Math.max(peak, running);
      setTimeout(() => {
        running -= 1;
        response.end("[]");
      }, 15);
    });
    const upstream = connect(server.url);
    const read = (id: number) => operations.listProjectServiceAccounts(upstream, { id, region: "us" });
    await Promise.all(Array.from({ length: 60 }, (_, index) => read(index + 1)));
    expect(server.requests).toHaveLength(60);
    expect(peak).toBe(8);
    expect(server.connections()).toBeLessThanOrEqual(8);
  });

  it("for a project go to the project's region, all else to the organization's own", async () => {
    const eu = await startRawServer();
    const upstream = connect(server.url, {}, { region: "us", baseUrls: { us: server.url, eu: eu.url, in: eu.url } });
    await operations.listProjectServiceAccounts(upstream, { id: 5, region: "eu" });
    await operations.listProjectServiceAccounts(upstream, { id: 6, region: "us" });
    await operations.listServiceAccounts(upstream);
    expect(eu.requests.map(({ path }) => path)).toEqual(["/api/app/projects/5/service-accounts"]);
    expect(server.requests.map(({ path }) => path)).toEqual([
      "/api/app/projects/6/service-accounts",
      "/api/app/organizations/77/service-accounts",
    ]);
    await eu.close();
  });

  it("are not made to an unusable base", () => {
    expect(() => connectTo("http://mixpanel.com/api/app")).toThrow(TypeError);
  });
});

describe("answers", () => {
  it("carry status, reference and upstream's date", async () => {
    const upstream = connect(server.url, { newReference: () => "ours" });
    server.answer(json(200, [], { "x-request-id": "req-7", date: "Fri, 03 Jul 2026 10:00:30 GMT" }));
    expect(await operations.listServiceAccounts(upstream)).toEqual({
      value: [],
      status: 200,
      reference: "req-7",
      upstreamDate: new Date("2026-07-03T10:00:30Z"),
    });
    server.answer(json(200, [], { "x-request-id": "has a space", "x-cloud-trace-context": "trace/1", date: "junk" }));
    expect(await operations.listServiceAccounts(upstream)).toMatchObject({ reference: "trace/1", upstreamDate: null });
    server.answer(json(403, {}));
    expect((await failureOf(operations.listServiceAccounts(upstream))).reference).toBe("ours");
  });

  it("may be preceded by an informational one", async () => {
    server.answer((_request, response) => {
      response.writeEarlyHints({ link: "</a>; rel=preload" });
      response.end("[]");
    });
    expect((await operations.listServiceAccounts(connect(server.url))).value).toEqual([]);
  });

  it("tell the clock skew, errors too", async () => {
    const upstream = connect(server.url, { now: () => new Date("2026-07-03T10:00:00Z") });
    expect(upstream.clockSkewMs()).toBeNull();
    server.answer(json(403, {}, { date: "Sat, 04 Jul 2026 10:00:00 GMT" }));
    await failureOf(operations.listServiceAccounts(upstream));
    expect(upstream.clockSkewMs()).toBe(86_400_000);
    server.answer(json(200, [], { date: "junk" }));
    await operations.listServiceAccounts(upstream);
    expect(upstream.clockSkewMs()).toBe(86_400_000);
  });
});

describe("health", () => {
  it("knows the last success and the last failure of connection or credential", async () => {
    const upstream = connect(server.url, { now: () => new Date("2026-07-03T10:00:00Z") });
    const quiet = { breaker: "closed", retryAt: null, lastErrorCode: null, lastErrorAt: null };
    expect(upstream.health()).toEqual({ ...quiet, lastSuccessAt: null });
    server.answer(json(401, {}));
    await failureOf(operations.listServiceAccounts(upstream));
    const rejected = { lastErrorCode: "upstream_credential_rejected", lastErrorAt: "2026-07-03T10:00:00.000Z" };
    expect(upstream.health()).toMatchObject(rejected);
    server.answer(json(404, {}));
    await failureOf(operations.getServiceAccount(upstream, 1));
    expect(upstream.health()).toMatchObject(rejected);
    server.answer(json(200, []));
    await operations.listServiceAccounts(upstream);
    expect(upstream.health()).toEqual({ ...quiet, lastSuccessAt: "2026-07-03T10:00:00.000Z" });
  });

  it("is not touched by a credential that is only tried", async () => {
    const upstream = connect(server.url);
    const tried = { username: "new.0a1b2c.mp-service-account", secret: "N".repeat(32) };
    server.answer(json(401, { status: "error", error: `no ${tried.secret}` }));
    const error = await failureOf(operations.readMe(upstream, tried));
    expect(error).toMatchObject({ code: "upstream_credential_rejected", details: { reason: "no [removed]" } });
    expect(server.requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${tried.username}:${tried.secret}`).toString("base64")}`,
    );
    server.answer(json(200, { results: {} }));
    await operations.readMe(upstream, tried);
    expect(upstream.health()).toMatchObject({ lastErrorCode: null, lastSuccessAt: null });
  });
});

describe("an outage", () => {
  it("opens the breaker: requests stop, writes too, until one is let through", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-07-03T10:00:00Z") });
    const upstream = connect(server.url);
    server.answer(json(500, {}));
    await failureOf(operations.listServiceAccounts(upstream));
    await failureOf(operations.listServiceAccounts(upstream));
    expect(server.requests).toHaveLength(5);
    expect(upstream.health()).toMatchObject({
      breaker: "open",
      retryAt: "2026-07-03T10:00:30.000Z",
      lastErrorCode: "upstream_failed",
    });
    for (const call of [operations.listServiceAccounts(upstream), operations.deleteServiceAccount(upstream, 1)]) {
      const error = await failureOf(call);
      expect(error).toMatchObject({ code: "upstream_failed", sent: "no", upstreamStatus: null });
      expect(error.details.retryAt).toBe("2026-07-03T10:00:30.000Z");
    }
    expect(server.requests).toHaveLength(5);
    server.answer(json(200, []));
    vi.setSystemTime(new Date("2026-07-03T10:00:31Z"));
    await operations.listServiceAccounts(upstream);
    expect(upstream.health()).toMatchObject({ breaker: "closed", retryAt: null, lastErrorCode: null });
  });

  it("of ten minutes meets few requests, however many ask", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-07-03T10:00:00Z") });
    const upstream = connect(server.url);
    server.answer(json(503, {}));
    for (let second = 0; second < 600; second += 5) {
      vi.setSystemTime(new Date(Date.parse("2026-07-03T10:00:00Z") + second * 1_000));
      const calls = Array.from({ length: 10 }, () => failureOf(operations.listServiceAccounts(upstream)));
      await Promise.all(calls);
    }
    expect(server.requests.length).toBeLessThan(50);
  });

  it("does not make retries exceed their budget", async () => {
    const upstream = connect(server.url);
    let asked = 0;
    server.answer((request, response, incoming) => {
      asked += 1;
      // Every fourth request succeeds, so the breaker stays closed and only the budget bounds the retries.
      json(asked % 4 === 0 ? 200 : 503, [])(request, response, incoming);
    });
    const reads = 100;
    for (let read = 0; read < reads; read += 1) await operations.listServiceAccounts(upstream).catch(() => {});
    expect(upstream.health().breaker).toBe("closed");
    expect(server.requests.length).toBeLessThanOrEqual(reads + reads / 10 + 10);
    expect(server.requests.length).toBeGreaterThan(reads);
  });
});

describe("closing", () => {
  it("ends the wait before a retry, and lets what is under way end", async () => {
    const upstream = createUpstream({
      ...credential,
      mixpanelId: 77,
      region: "us",
      baseUrls: { us: server.url, eu: server.url, in: server.url },
    });
    server.answer(json(429, {}, { "retry-after": "50" }));
    const limited = failureOf(operations.listServiceAccounts(upstream));
    server.answer((request, response, incoming) => {
      const limit = request.path.endsWith("/service-accounts");
      if (limit) json(429, {}, { "retry-after": "50" })(request, response, incoming);
      else setTimeout(() => response.end('{"status": "ok"}'), 100);
    });
    const slow = operations.deleteServiceAccount(upstream, 1);
    await wait(50);
    await closeUpstream(upstream);
    expect((await limited).code).toBe("upstream_rate_limited");
    expect((await slow).status).toBe(200);
  });
});

it("the log names each call and never a secret", async () => {
  const lines: unknown[] = [];
  const write = (...line: unknown[]) => void lines.push(line);
  const upstream = connect(server.url, { logger: { debug: write, warn: write }, newReference: () => "ours" });
  await operations.listServiceAccounts(upstream);
  server.answer(json(400, { status: "error", error: `bad ${credential.secret}` }));
  await failureOf(operations.getServiceAccount(upstream, 3));
  server.answer(json(201, { results: { id: 1, username: "u", token: "T".repeat(32) } }));
  const input = { name: "etl", role: "consumer", expiresAt: null, projects: [] } as const;
  await operations.createServiceAccount(upstream, { ...input, projects: [] });
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatchObject([
    { path: "/organizations/77/service-accounts/3", code: "upstream_refused", status: 400 },
    "upstream failed",
  ]);
  const all = JSON.stringify([lines, upstream]);
  for (const secret of [credential.secret, "T".repeat(32), "Basic "]) expect(all).not.toContain(secret);
});
