import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseBasic } from "./authenticate";
import { type RunningSimulator, startSimulator } from "./server";
import { basic, type Client, clientOf } from "./test-client";

let simulator: RunningSimulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator({ accounts: 30, projects: 6, organizations: 3 });
  client = clientOf(simulator);
});
beforeEach(async () => {
  await client.control("POST", "/reset");
});
afterAll(() => simulator.stop());

describe("authentication", () => {
  it("takes Basic in base64 and in plain text, whatever the scheme's case", async () => {
    const { username, secret } = simulator.owner;
    const forms = [
      basic(simulator.owner),
      basic(simulator.owner).replace("Basic", "bAsIc"),
      `Basic ${username}:${secret}`,
    ];
    for (const Authorization of forms) {
      expect((await client.api("GET", "/me", { as: null, headers: { Authorization } })).status).toBe(200);
    }
  });

  it("answers 401 with a challenge to everything else", async () => {
    const { username, secret } = simulator.owner;
    const encode = (text: string) => Buffer.from(text).toString("base64");
    const forms = [
      "Basic",
      "Basic ",
      "Basic %%%",
      "Basic é",
      `Basic ${encode(username)}`,
      `Basic ${encode(`:${secret}`)}`,
      `Basic ${encode(`${username}:`)}`,
      `Basic ${encode(`${username}:${secret}x`)}`,
      `Basic ${encode(`${username.toUpperCase()}:${secret}`)}`,
      `Basic ${encode(`nobody:${secret}`)}`,
      `Bearer ${encode(`${username}:${secret}`)}`,
      encode(`${username}:${secret}`),
    ];
    for (const Authorization of forms) {
      const reply = await client.api("GET", client.accountsPath, { as: null, headers: { Authorization } });
      expect([Authorization, reply.status]).toEqual([Authorization, 401]);
      expect(reply.body).toMatchObject({ status: "error", error: expect.any(String) });
      expect(reply.headers.get("www-authenticate")).toMatch(/^Basic/);
    }
  });

  it("splits at the last colon, so that a name may hold one", () => {
    const header = `Basic ${Buffer.from("a:b.0a1b2c.mp-service-account:S3cret").toString("base64")}`;
    expect(parseBasic(header)).toEqual({ username: "a:b.0a1b2c.mp-service-account", secret: "S3cret" });
  });

  it("lets a created account in until it expires, and moves last_used each time", async () => {
    const { id, credential } = await client.create({
      username: "short",
      expires: new Date(Date.now() + 60_000).toISOString(),
    });
    const read = async () => (await client.accounts()).find((account) => account.id === id);
    expect(await read()).not.toHaveProperty("last_used");
    await client.me(credential);
    const first = Date.parse((await read())?.last_used ?? "");
    expect(Math.abs(first - Date.now())).toBeLessThan(10_000);
    await client.control("POST", "/clock", { advanceSeconds: 30 });
    await client.me(credential);
    expect(Date.parse((await read())?.last_used ?? "") - first).toBeGreaterThanOrEqual(30_000);
    await client.control("POST", "/clock", { advanceSeconds: 31 });
    const refused = await client.api("GET", "/me", { as: credential });
    expect(refused).toMatchObject({
      status: 401,
      body: { status: "error", error: expect.stringContaining("expired") },
    });
  });

  it("shuts a deleted account out", async () => {
    const { id, credential } = await client.create({ username: "gone", role: "admin" });
    expect((await client.api("DELETE", `${client.accountsPath}/${id}`, { as: credential })).status).toBe(200);
    expect((await client.api("GET", "/me", { as: credential })).status).toBe(401);
  });

  it("lets a name with any characters sign in", async () => {
    for (const username of [
      "with:colon",
      "naïve ☃ ",
      "\u202eright-to-left",
      "nul\u0000",
      "__proto__",
      "x".repeat(255),
    ]) {
      const { credential } = await client.create({ username });
      expect(await client.me(credential)).toMatchObject({ organizations: {}, projects: {} });
    }
  });
});

describe("roles", () => {
  const roles = ["owner", "admin", "analyst", "consumer"];

  it("gives owners every role and admins all but owner, on create, its projects and assign", async () => {
    const [project] = await client.projectIds();
    const { id } = await client.create({ username: "target" });
    for (const [as, refused] of [
      [simulator.owner, []],
      [simulator.admin, ["owner"]],
    ] as const) {
      for (const role of roles) {
        const allowed = !refused.some((entry) => entry === role);
        const replies = [
          await client.api("POST", client.accountsPath, { as, body: { username: "x", role } }),
          await client.api("POST", client.accountsPath, {
            as,
            body: { username: "x", projects: [{ id: project, role }] },
          }),
          await client.api("POST", `${client.accountsPath}/add-to-project`, {
            as,
            body: { projects: [{ id: project, role }], service_account_ids: [id] },
          }),
        ];
        expect([role, ...replies.map((reply) => reply.status)]).toEqual([
          role,
          ...(allowed ? [201, 201, 200] : [403, 403, 403]),
        ]);
      }
    }
  });

  it("lets analysts and consumers of the organization list and change nothing", async () => {
    const [project] = await client.projectIds();
    for (const role of ["analyst", "consumer"]) {
      const { id, credential: as } = await client.create({ username: role, role });
      const body = { projects: [{ id: project, role: "consumer" }], service_account_ids: [id] };
      expect((await client.api("GET", client.accountsPath, { as })).status).toBe(200);
      expect((await client.api("GET", `/projects/${project}/service-accounts`, { as })).status).toBe(403);
      for (const reply of [
        await client.api("POST", client.accountsPath, { as, body: { username: "x" } }),
        await client.api("DELETE", `${client.accountsPath}/${id}`, { as }),
        await client.api("POST", `${client.accountsPath}/add-to-project`, { as, body }),
        await client.api("POST", `${client.accountsPath}/remove-from-project`, {
          as,
          body: { projects: [{ id: project, service_account_ids: [id] }] },
        }),
      ]) {
        expect(reply).toMatchObject({ status: 403, body: { status: "error" } });
      }
    }
  });

  it("keeps a project-only account to its project", async () => {
    const me = await client.me(simulator.project);
    expect(me.organizations).toEqual({});
    expect(Object.keys(me.projects)).toHaveLength(1);
    const reply = await client.api("GET", client.accountsPath, { as: simulator.project });
    expect(reply).toMatchObject({ status: 403, body: { error: expect.stringContaining("project") } });
  });
});

describe("addresses", () => {
  it("answers unknown ones with 404 and wrong methods with 405, in the envelope, signed in or not", async () => {
    const cases: [string, string, number][] = [
      ["GET", "/api/app", 404],
      ["GET", "/api/app/", 404],
      ["GET", "/api/app/nothing", 404],
      ["GET", "/api/app/me/more", 404],
      ["GET", "/api/appendix", 404],
      ["GET", "/", 404],
      ["GET", "/__simulator", 404],
      ["GET", "/__simulator/nothing", 404],
      ["GET", "/__simulator/constructor", 404],
      ["GET", "/regions/mars/api/app/me", 404],
      ["GET", `/api/app${client.accountsPath}/%ff`, 404],
      ["GET", "/api/app/organizations/99999999999999999999/service-accounts", 404],
      ["PUT", "/api/app/me", 405],
      ["DELETE", "/api/app/me", 405],
      ["PATCH", `/api/app${client.accountsPath}`, 405],
      ["GET", `/api/app${client.accountsPath}/add-to-project`, 405],
      ["DELETE", `/api/app${client.accountsPath}/remove-from-project`, 405],
      ["DELETE", "/__simulator/ledger", 405],
    ];
    for (const [method, path, status] of cases) {
      for (const as of [simulator.owner, null]) {
        const reply = await client.ask(method, path, { as });
        expect([method, path, reply.status]).toEqual([method, path, status]);
        expect(reply.body).toEqual({ status: "error", error: expect.stringMatching(/\w/) });
        expect(reply.headers.get("content-type")).toBe("application/json");
        if (status === 405) expect(reply.headers.get("allow")).toMatch(/^[A-Z, ]+$/);
      }
    }
  });

  it("splits regions: a project answers in its own, the organization in its own, /api/app everywhere", async () => {
    const { projects } = await client.me();
    const byDomain = (domain: string) => Object.values(projects).find((project) => project.domain === domain)?.id;
    const [us, eu] = [byDomain("mixpanel.com"), byDomain("eu.mixpanel.com")];
    const statuses = async (path: string) =>
      Promise.all(
        ["/api/app", "/regions/us/api/app", "/regions/eu/api/app", "/regions/in/api/app"].map(
          async (mount) => (await client.ask("GET", mount + path)).status,
        ),
      );
    expect(await statuses(`/projects/${us}/service-accounts`)).toEqual([200, 200, 404, 404]);
    expect(await statuses(`/projects/${eu}/service-accounts`)).toEqual([200, 404, 200, 404]);
    expect(await statuses(client.accountsPath)).toEqual([200, 200, 404, 404]);
    expect(await statuses("/me")).toEqual([200, 200, 200, 200]);
    const named = await Promise.all(
      ["us", "eu", "in"].map(async (region) =>
        Object.keys((await clientOf(simulator, `/regions/${region}/api/app`).me()).organizations),
      ),
    );
    expect(named).toEqual([[String(simulator.organizationId)], [], []]);
  });

  it("keeps organizations with equal ids apart by who is asking", async () => {
    const [first, second] = simulator.organizations;
    if (!first || !second) throw new Error("two organizations were asked for");
    const other = clientOf({ ...simulator, ...second });
    expect((await other.accounts()).map(({ id }) => id)).toEqual(
      (await client.accounts()).slice(0, 12).map(({ id }) => id),
    );
    const [shared = 0] = await client.projectIds();
    expect((await other.projectIds())[0]).toBe(shared);
    const here = (await client.members(shared)).map(({ username }) => username);
    const there = (await other.members(shared)).map(({ username }) => username);
    expect(here.filter((username) => there.includes(username))).toEqual([]);
    expect((await other.api("GET", client.accountsPath)).status).toBe(403);
    expect((await client.api("GET", other.accountsPath)).status).toBe(403);
    const [victim] = (await client.accounts()).slice(-1);
    expect((await other.api("DELETE", `${client.accountsPath}/${victim?.id}`)).status).toBe(403);
    expect(await client.accounts()).toHaveLength(30);
  });
});
