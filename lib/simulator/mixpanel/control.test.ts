import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type RunningSimulator, startSimulator } from "./server";
import { type Client, clientOf } from "./test-client";

let simulator: RunningSimulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator({ accounts: 12, projects: 3 });
  client = clientOf(simulator);
});
beforeEach(async () => {
  await client.control("POST", "/reset");
});
afterAll(() => simulator.stop());

const dateOf = ({ headers }: { headers: Headers }) => Date.parse(headers.get("date") ?? "");

describe("the ledger", () => {
  it("holds accepted mutations in order with what was sent and answered, and nothing else", async () => {
    const [project = 0] = await client.projectIds();
    const { id } = await client.create({ username: "one", extra: [1] });
    await client.api("POST", client.accountsPath, { body: { username: "" } });
    await client.api("POST", client.accountsPath, { as: simulator.project, body: { username: "x" } });
    const add = { projects: [{ id: project, role: "analyst" }], service_account_ids: [id] };
    await client.api("POST", `${client.accountsPath}/add-to-project`, { body: add });
    const remove = { projects: [{ id: project, service_account_ids: [id] }] };
    await client.api("POST", `${client.accountsPath}/remove-from-project/`, { body: remove });
    await client.api("DELETE", `${client.accountsPath}/${id}`);
    await client.api("DELETE", `${client.accountsPath}/${id}`);
    const { body } = await client.control("GET", "/ledger");
    const at = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    const path = client.accountsPath;
    const ok = { status: "ok" };
    expect(body).toEqual([
      {
        sequence: 1,
        at,
        method: "POST",
        path,
        body: { username: "one", extra: [1] },
        result: { status: "ok", results: expect.objectContaining({ id }) },
      },
      { sequence: 2, at, method: "POST", path: `${path}/add-to-project`, body: add, result: ok },
      { sequence: 3, at, method: "POST", path: `${path}/remove-from-project/`, body: remove, result: ok },
      { sequence: 4, at, method: "DELETE", path: `${path}/${id}`, body: null, result: ok },
    ]);
  });
});

describe("the request counts", () => {
  it("count each method and path, answered or not, and the most at once", async () => {
    await client.fault({ fault: { kind: "delay", ms: 150 } });
    await Promise.all([1, 2, 3, 4, 5].map(() => client.api("GET", "/me?include_workspace_users=false")));
    await client.control("DELETE", "/faults");
    await client.api("GET", client.accountsPath, { as: null });
    await client.api("POST", "/nowhere");
    const { body } = await client.control("GET", "/requests");
    expect(body).toEqual({
      counts: { "GET /me": 5, [`GET ${client.accountsPath}`]: 1, "POST /nowhere": 1 },
      peakConcurrency: 5,
    });
  });
});

describe("the clock", () => {
  it("can be set and advanced, goes on from there, and is the Date of every answer", async () => {
    expect((await client.control("POST", "/clock", { now: "2031-05-06T07:08:09Z" })).body).toEqual({
      now: expect.stringMatching(/^2031-05-06T07:08:(09|10)/),
    });
    await client.control("POST", "/clock", { advanceSeconds: 86_400 });
    const expected = Date.parse("2031-05-07T07:08:09Z");
    for (const reply of [
      await client.api("GET", "/me"),
      await client.api("GET", "/me", { as: null }),
      await client.ask("GET", "/x"),
      await client.control("GET", "/ledger"),
    ]) {
      expect(dateOf(reply) - expected).toBeLessThan(5_000);
      expect(dateOf(reply)).toBeGreaterThanOrEqual(expected);
    }
    const { created } = await client.create({ username: "then" });
    expect(created).toMatch(/^2031-05-07T07:08:/);
    await client.fault({ times: 1, fault: { kind: "html" } });
    expect(dateOf(await client.api("GET", "/me"))).toBeGreaterThanOrEqual(expected);
  });

  it("decides what is past", async () => {
    await client.control("POST", "/clock", { now: "2031-01-01T00:00:00Z" });
    const create = (expires: string) => client.api("POST", client.accountsPath, { body: { username: "x", expires } });
    expect((await create("2030-12-31T23:59:59Z")).status).toBe(400);
    expect((await create("2031-01-02T00:00:00Z")).status).toBe(201);
  });

  it("refuses what is no time", async () => {
    const wrong = [
      {},
      { now: "soon" },
      { now: 5 },
      { advanceSeconds: "1" },
      { advanceSeconds: 1e15 },
      { now: "2031-01-01", advanceSeconds: 1 },
      [],
      "{",
    ];
    for (const body of wrong) {
      expect(await client.control("POST", "/clock", body)).toMatchObject({ status: 400, body: { status: "error" } });
    }
    expect(Math.abs(dateOf(await client.api("GET", "/me")) - Date.now())).toBeLessThan(5_000);
  });
});

describe("reset", () => {
  it("goes back to the seed: accounts, memberships, ledger, counts, faults, clock and what is issued next", async () => {
    const projects = await client.projectIds();
    const state = async () =>
      JSON.stringify([
        (await client.accounts()).slice(1),
        await Promise.all(projects.map((id) => client.members(id, simulator.admin))),
      ]);
    await client.control("POST", "/reset");
    const before = await state();
    const { id, token } = await client.create({ username: "first" });
    const { id: other } = (await client.accounts()).at(-2) ?? { id: 0 };
    await client.api("DELETE", `${client.accountsPath}/${other}`);
    await client.fault({ fault: { kind: "html" } });
    await client.control("POST", "/clock", { advanceSeconds: 1e8 });
    expect((await client.control("POST", "/reset")).body).toEqual({ status: "ok" });
    expect((await client.control("GET", "/ledger")).body).toEqual([]);
    expect((await client.control("GET", "/requests")).body).toEqual({ counts: {}, peakConcurrency: 0 });
    expect(Math.abs(dateOf(await client.api("GET", "/me")) - Date.now())).toBeLessThan(5_000);
    const blank = z.string().transform((text) => text.replace(/"last_used":"[^"]*",?/g, ""));
    expect(blank.parse(await state())).toBe(blank.parse(before));
    expect(await client.create({ username: "first" })).toMatchObject({ id, token });
  });
});
